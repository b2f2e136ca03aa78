import { expect, test } from "vitest";
import type { VmState } from "../../../lambdas/compute/model/lifecycle.ts";
import type { Server } from "../../../lambdas/compute/model/server.ts";
import { seedImages } from "../../../lambdas/image/model/image.ts";
import { startCloud, startTime } from "../../support/cloud.ts";
import { microversionHeader, serverClient, startOneServer } from "../../support/one-server.ts";

const inMotion = (action: "softReboot" | "hardReboot" | "stop"): Partial<Server> => ({
  motion: {
    action,
    from: "active",
    to: action === "stop" ? "stopped" : "active",
    due: startTime + 900,
  },
});

const progressCases: readonly [name: string, vm: VmState, over: Partial<Server>, there: boolean][] =
  [
    ["ACTIVE", "active", {}, true],
    ["ACTIVE and powering off", "active", inMotion("stop"), true],
    ["VERIFY_RESIZE", "resized", {}, true],
    ["SHUTOFF", "stopped", {}, false],
    ["REBOOT", "active", inMotion("softReboot"), false],
    ["HARD_REBOOT", "active", inMotion("hardReboot"), false],
    ["RESCUE", "rescued", {}, false],
    ["SHELVED_OFFLOADED", "shelved_offloaded", {}, false],
    ["PAUSED", "paused", {}, false],
    ["SUSPENDED", "suspended", {}, false],
    ["ERROR", "error", {}, false],
  ];

test.each(progressCases)(
  "E-19: a server that is %s has a progress or none",
  async (_name, vm, over, there) => {
    const { show } = await startOneServer(vm, over);
    expect(Object.hasOwn(await show(), "progress")).toBe(there);
  },
);

test("E-21: some times have whole seconds and a Z, others six fraction digits and no Z", async () => {
  const launched = startTime - 1_234;
  const { show, call, pass, path } = await startOneServer("active", { launched });
  expect(await show()).toMatchObject({
    created: "2026-01-15T11:00:00Z",
    updated: "2026-01-15T11:00:01Z",
    "OS-SRV-USG:launched_at": "2026-01-15T11:59:58.766000",
    "OS-SRV-USG:terminated_at": null,
  });
  await call("DELETE", path);
  pass(500);
  const { json } = await call("GET", "/v2.1/servers/detail?changes-since=2026");
  expect(json.servers[0]["OS-SRV-USG:terminated_at"]).toBe("2026-01-15T12:00:00.500000");

  await call("POST", "/v2.1/os-keypairs", { body: { keypair: { name: "key" } } });
  const { keypair } = (await call("GET", "/v2.1/os-keypairs/key")).json;
  expect(keypair.created_at).toMatch(/^2026-01-15T12:00:00\.\d{6}$/);
});

test("E-23: addresses appear when the server is built, by network, fixed before floating", async () => {
  const cloud = await startCloud();
  const { call, pass } = cloud;
  const body = { server: { name: "web", imageRef: seedImages[0]?.id, flavorRef: "1" } };
  const created = await call("POST", "/v2.1/servers", { body });
  const { id, show, path } = serverClient(cloud, created.json.server.id);

  expect((await show()).addresses).toEqual({});
  expect(await show()).not.toHaveProperty("security_groups");
  pass(1_000);
  expect((await show()).security_groups).toEqual([{ name: "default" }]);

  const { networks } = (await call("GET", "/network/v2.0/networks?name=public")).json;
  const { ports } = (await call("GET", `/network/v2.0/ports?device_id=${id}`)).json;
  const floatingip = { floating_network_id: networks[0].id, port_id: ports[0].id };
  await call("POST", "/network/v2.0/floatingips", { body: { floatingip } });
  const { addresses } = await show();
  expect(Object.keys(addresses)).toEqual(["private"]);
  expect(addresses.private.map((one: Record<string, string>) => one["OS-EXT-IPS:type"])).toEqual([
    ...["fixed", "floating"],
  ]);

  const plain = addresses.private.map(({ addr, version }: { addr: string; version: number }) => ({
    version,
    addr,
  }));
  expect((await call("GET", `${path}/ips`)).json.addresses).toEqual({ private: plain });
  const put = async (version: number) =>
    (await call("PUT", path, { body: { server: {} }, headers: microversionHeader(version) })).json
      .server;
  expect((await put(74)).addresses).toEqual({ private: plain });
  expect((await put(75)).addresses).toEqual(addresses);
});

test("E-23: a server without ports has no security_groups member", async () => {
  const { show } = await startOneServer("active", { addresses: [], securityGroups: [] });
  expect(await show()).not.toHaveProperty("security_groups");
  expect((await show()).addresses).toEqual({});
});

test("E-42: JSON has Python's spacing and is ASCII", async () => {
  const { call, path } = await startOneServer("active", { name: "wéb" });
  const { text, headers } = await call("GET", path);
  expect(text).toContain('"name": "w\\u00e9b", ');
  expect(text).toMatch(/^[ -~]*$/);
  expect(headers.get("content-length")).toBe(String(text.length));
  const refused = await call("GET", "/v2.1/servers/nobody");
  expect(refused.text).toBe(
    '{"itemNotFound": {"message": "Instance nobody could not be found.", "code": 404}}',
  );
});
