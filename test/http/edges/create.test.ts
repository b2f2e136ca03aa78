import { expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import { seedImages } from "../../../lambdas/image/model/image.ts";
import { startCloud } from "../../support/cloud.ts";
import { uuid4 } from "../../support/console-requests.ts";
import { microversionHeader, refusalOf, startOneServer } from "../../support/one-server.ts";

const serverBody = (over: object = {}) => ({
  server: { name: "web", imageRef: seedImages[0]?.id, flavorRef: "1", ...over },
});

async function startWithCreate() {
  const cloud = await startCloud();
  const create = (over: object = {}, version = 1, more: object = {}) =>
    cloud.call("POST", "/v2.1/servers", {
      body: { ...serverBody(over), ...more },
      headers: microversionHeader(version),
    });
  return { ...cloud, create };
}

test("E-14: user data is base64 of at most 65535 characters, returned unchanged", async () => {
  const { create, call } = await startWithCreate();
  const most = "A".repeat(65_532);

  expect(refusalOf(await create({ user_data: most }))).toBeNull();
  expect(refusalOf(await create({ user_data: `${most}AA==` }))).toEqual([
    400,
    expect.stringMatching(/^Invalid input for field\/attribute user_data\. .* is too long$/s),
  ]);
  for (const user_data of ["A", "not base64!", "AA=A"])
    expect(refusalOf(await create({ user_data }))).toEqual([
      400,
      `Invalid input for field/attribute user_data. Value: ${user_data}. '${user_data}' is not a 'base64'`,
    ]);
  expect(refusalOf(await create({ user_data: null }))?.[0]).toBe(400);
  const old = `/v2/${projects.demo.id}/servers`;
  const { status, json } = await call("POST", old, { body: serverBody({ user_data: null }) });
  expect(status).toBe(202);
  const shown = await call("GET", `/v2.1/servers/${json.server.id}`, {
    as: "admin",
    headers: microversionHeader(3),
  });
  expect(shown.json.server["OS-EXT-SRV-ATTR:user_data"]).toBeNull();
});

test("E-15: too much personality returns 403, and from 2.57 on the key is unknown", async () => {
  const { create } = await startWithCreate();
  const file = (over: object = {}) => ({ path: "/etc/motd", contents: "aGk=", ...over });

  expect(refusalOf(await create({ personality: Array.from({ length: 6 }, () => file()) }))).toEqual(
    [403, "Personality file limit exceeded"],
  );
  expect(refusalOf(await create({ personality: [file({ path: "p".repeat(256) })] }))).toEqual([
    403,
    "Personality file path exceeds maximum 255",
  ]);
  const contents = Buffer.alloc(10_241).toString("base64");
  expect(refusalOf(await create({ personality: [file({ contents })] }))).toEqual([
    403,
    "Personality file content exceeds maximum 10240",
  ]);
  expect(refusalOf(await create({ personality: [file()], networks: "auto" }, 56))).toBeNull();
  expect(refusalOf(await create({ personality: [file()], networks: "auto" }, 57))).toEqual([
    400,
    expect.stringMatching(/Additional properties are not allowed \('personality' was unexpected\)/),
  ]);
});

test("E-16: the image of a server booted from volume is an empty string", async () => {
  const { show, call, id } = await startOneServer("active", { image: null });
  expect((await show()).image).toBe("");
  expect((await call("GET", "/v2.1/servers/detail")).json.servers[0].image).toBe("");
  expect((await call("GET", "/v2.1/servers?image=")).json.servers[0].id).toBe(id);
});

test("E-17: create returns few members, and the reservation id on request", async () => {
  const { create, call, at: origin } = await startWithCreate();

  const one = await create();
  const { server } = one.json;
  expect(server).toEqual({
    id: expect.any(String),
    links: [
      { rel: "self", href: `${origin}/v2.1/servers/${server.id}` },
      { rel: "bookmark", href: `${origin}/servers/${server.id}` },
    ],
    "OS-DCF:diskConfig": "MANUAL",
    security_groups: [{ name: "default" }],
    adminPass: expect.stringMatching(/^[a-zA-Z0-9]{12}$/),
  });
  expect([one.status, one.headers.get("location")]).toEqual([202, server.links[0].href]);

  const named = await create({
    adminPass: "secret",
    security_groups: [{ name: "default" }],
    "OS-DCF:diskConfig": "AUTO",
  });
  expect(named.json.server).toMatchObject({ adminPass: "secret", "OS-DCF:diskConfig": "AUTO" });

  const many = await create({ name: "n", min_count: 2, max_count: 3 });
  const { json } = await call("GET", "/v2.1/servers?name=^n-");
  expect(json.servers.map(({ name }: { name: string }) => name).sort()).toEqual([
    ...["n-1", "n-2", "n-3"],
  ]);
  expect(json.servers.find(({ name }: { name: string }) => name === "n-1").id).toBe(
    many.json.server.id,
  );

  const reserved = await create({ return_reservation_id: true });
  expect(reserved.json).toEqual({ reservation_id: expect.stringMatching(/^r-[0-9a-z]{8}$/) });
  const { json: found } = await call(
    "GET",
    `/v2.1/servers?reservation_id=${reserved.json.reservation_id}`,
  );
  expect(found.servers).toHaveLength(1);

  expect(refusalOf(await create({ min_count: 3, max_count: 2 }))).toEqual([
    400,
    "min_count must be <= max_count",
  ]);
});

test("E-20: hostId differs by project, and is empty until a host is selected", async () => {
  const { create, call, pass } = await startWithCreate();
  const hostId = async (as: string, id: string) =>
    (await call("GET", `/v2.1/servers/${id}`, { as })).json.server.hostId;

  const { id } = (await create()).json.server;
  const { json } = await call("POST", "/v2.1/servers", { body: serverBody(), as: "alt_demo" });
  expect(await hostId("demo", id)).toBe("");
  pass(1_000);
  const [one, other] = [await hostId("demo", id), await hostId("alt_demo", json.server.id)];
  expect([one, other]).toEqual([
    expect.stringMatching(/^[0-9a-f]{56}$/),
    expect.stringMatching(/^[0-9a-f]{56}$/),
  ]);
  const host = async (server: string, tenant: string) => {
    const path = `/v2.1/servers/detail?all_tenants=1&project_id=${tenant}`;
    const { servers } = (await call("GET", path, { as: "admin" })).json;
    return servers.find((shown: { id: string }) => shown.id === server)["OS-EXT-SRV-ATTR:host"];
  };
  expect(await host(id, projects.demo.id)).toBe(await host(json.server.id, projects.alt_demo.id));
  expect(one).not.toBe(other);
});

test("E-22: config_drive is a string, key_name may be null, and the zone is null until a host is selected", async () => {
  const { create, call, pass } = await startWithCreate();
  const shown = async (id: string) => {
    const { server } = (await call("GET", `/v2.1/servers/${id}`)).json;
    return [server.config_drive, server.key_name, server["OS-EXT-AZ:availability_zone"]];
  };

  await call("POST", "/v2.1/os-keypairs", { body: { keypair: { name: "key" } } });
  const plain = (await create()).json.server.id;
  const other = (await create({ config_drive: true, key_name: "key" })).json.server.id;
  expect([await shown(plain), await shown(other)]).toEqual([
    ["", null, ""],
    ["True", "key", ""],
  ]);
  pass(1_000);
  expect([await shown(plain), await shown(other)]).toEqual([
    ["", null, "nova"],
    ["True", "key", "nova"],
  ]);
});

test("E-32, E-33: ids are UUIDs, for a server and for its console token", async () => {
  const { id, act } = await startOneServer();
  const { console: granted } = (await act("os-getVNCConsole", { type: "novnc" })).json;
  const whole = new RegExp(`^${uuid4.source}$`);
  expect(decodeURIComponent(granted.url).split("?token=")[1]).toMatch(whole);
  expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
});
