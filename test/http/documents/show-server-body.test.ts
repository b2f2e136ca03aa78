import { expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import type { Address } from "../../../lambdas/network/model/network-info.ts";
import { startShownServer } from "../../support/shown-server.ts";

const demoProjectId = projects.demo.id;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const addresses: readonly Address[] = [
  { network: "private", addr: "10.0.0.4", version: 4, mac: "fa:16:3e:00:00:04", type: "fixed" },
  { network: "private", addr: "fd00::4", version: 6, mac: "fa:16:3e:00:00:04", type: "fixed" },
  { network: "public", addr: "198.18.0.4", version: 4, mac: "fa:16:3e:00:00:04", type: "floating" },
];

async function createAndShow() {
  const cloud = await startShownServer();
  const body = {
    server: { name: "new", imageRef: "70a599e0-31e7-49b7-b260-868f441e862b", flavorRef: "1" },
  };
  const { id } = (await cloud.call("POST", `/v2/${demoProjectId}/servers`, { body })).json.server;
  cloud.pass(1_000);
  return (await cloud.call("GET", `/v2/${demoProjectId}/servers/${id}`)).json.server;
}

async function updateAndShow(attribute: "accessIPv4" | "accessIPv6", value: string) {
  const { show, call, path } = await startShownServer();
  await call("PUT", path, { body: { server: { [attribute]: value } } });
  return (await show())[attribute];
}

test("S4-23: accessIPv4 is empty until it is set, then shows the address", async () => {
  expect((await (await startShownServer()).show()).accessIPv4).toBe("");
  expect(await updateAndShow("accessIPv4", "192.0.2.7")).toBe("192.0.2.7");
});

test("S4-24: accessIPv6 is empty until it is set, then shows the address", async () => {
  expect((await (await startShownServer()).show()).accessIPv6).toBe("");
  expect(await updateAndShow("accessIPv6", "2001:db8::7")).toBe("2001:db8::7");
});

test("S4-25: addresses has one list per network, keyed by network name", async () => {
  const shown = (await (await startShownServer({ addresses })).show()).addresses;

  expect(Object.keys(shown)).toEqual(["private", "public"]);
  expect([shown.private.length, shown.public.length]).toEqual([2, 1]);
  expect(Object.keys((await createAndShow()).addresses)).toEqual(["private"]);
});

async function addressMembers(member: string): Promise<unknown[]> {
  const shown = (await (await startShownServer({ addresses })).show()).addresses;
  const lists: Record<string, unknown>[][] = Object.values(shown);
  return lists.flat().map((address) => address[member]);
}

test("S4-26: an address has its MAC address in OS-EXT-IPS-MAC:mac_addr", async () => {
  expect(await addressMembers("OS-EXT-IPS-MAC:mac_addr")).toEqual([
    "fa:16:3e:00:00:04",
    "fa:16:3e:00:00:04",
    "fa:16:3e:00:00:04",
  ]);
});

test("S4-27: OS-EXT-IPS:type of an address is fixed or floating", async () => {
  expect(await addressMembers("OS-EXT-IPS:type")).toEqual(["fixed", "fixed", "floating"]);
});

test("S4-28: version of an address is the number 4 or 6", async () => {
  expect(await addressMembers("version")).toEqual([4, 6, 4]);
});

test("S4-29: addr of an address is IPv4 or IPv6", async () => {
  expect(await addressMembers("addr")).toEqual(["10.0.0.4", "fd00::4", "198.18.0.4"]);
});

test("S4-31: created has whole seconds and a Z", async () => {
  const { show } = await startShownServer({ created: Date.UTC(2014, 6, 24, 0, 26, 4, 987) });

  expect((await show()).created).toBe("2014-07-24T00:26:04Z");
});

test("S4-32: flavor.id is a string", async () => {
  expect((await createAndShow()).flavor.id).toBe("1");
});

test("S4-33: flavor.links has one bookmark link", async () => {
  const { show, at } = await startShownServer();

  expect((await show()).flavor.links).toEqual([
    { rel: "bookmark", href: `${at}/${demoProjectId}/flavors/1` },
  ]);
});

test("S4-34: hostId is 56 hexadecimal digits", async () => {
  expect((await createAndShow()).hostId).toMatch(/^[0-9a-f]{56}$/);
});

test("S4-35: id is a UUID", async () => {
  expect((await createAndShow()).id).toMatch(uuid);
});

test("S4-36: image.id is the UUID of the requested image", async () => {
  const { image } = await createAndShow();

  expect(image.id).toMatch(uuid);
  expect(image.id).toBe("70a599e0-31e7-49b7-b260-868f441e862b");
});

test("S4-37: image.links has one bookmark link", async () => {
  const { show, at } = await startShownServer();
  const { image } = await show();

  expect(image.links).toEqual([
    { rel: "bookmark", href: `${at}/${demoProjectId}/images/${image.id}` },
  ]);
});

test("S4-39: the self link contains the version and the project", async () => {
  const { show, at, id } = await startShownServer();

  expect((await show()).links).toContainEqual({
    rel: "self",
    href: `${at}/v2/${demoProjectId}/servers/${id}`,
  });
});

test("S4-40: the bookmark link contains the project but no version", async () => {
  const { show, at, id } = await startShownServer();

  expect((await show()).links).toContainEqual({
    rel: "bookmark",
    href: `${at}/${demoProjectId}/servers/${id}`,
  });
});

test("S4-41: metadata is an object of strings and may be empty", async () => {
  const metadata = { role: "web", "a b": "" };

  expect((await (await startShownServer()).show()).metadata).toEqual({});
  expect((await (await startShownServer({ metadata })).show()).metadata).toEqual(metadata);
});

test("S4-42: name is the server's name, 1 to 255 characters", async () => {
  for (const name of ["x", "é".repeat(255)]) {
    const { show, call, path } = await startShownServer();
    await call("PUT", path, { body: { server: { name } } });
    expect((await show()).name).toBe(name);
  }
  const { show, call, path } = await startShownServer();
  for (const name of ["", "x".repeat(256)])
    expect((await call("PUT", path, { body: { server: { name } } })).status).toBe(400);
  expect((await show()).name).toBe("web-1");
});

test("S4-46: tenant_id is the project's id", async () => {
  expect((await createAndShow()).tenant_id).toBe(demoProjectId);
});

test("S4-47: updated has whole seconds and a Z, and changes with the server", async () => {
  const { show, act, pass } = await startShownServer();
  expect((await show()).updated).toBe("2026-01-15T11:00:01Z");

  await act({ "os-stop": null });
  pass(1_000);

  expect((await show()).updated).toBe("2026-01-15T12:00:01Z");
});

test("S4-48: user_id is the id of the creator", async () => {
  expect((await createAndShow()).user_id).toBe("1d4f6a8c0e2b4d5f97a9c1e3b5d7f021");
});
