import { expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import { withBasicAuth } from "../../support/basic-auth.ts";
import { startCloud } from "../../support/cloud.ts";
import { expectUnchanged } from "../../support/items.ts";
import { computeMountsOf } from "../../support/mounts.ts";
import { seedServer, settledServer } from "../../support/servers.ts";

const serverRequests = (id: string) =>
  [
    ["GET", `/servers/${id}`, undefined],
    ["PUT", `/servers/${id}`, { server: { name: "mine" } }],
    ["POST", `/servers/${id}/action`, { "os-stop": null }],
    ["POST", `/servers/${id}/action`, { reboot: { type: "HARD" } }],
    ["POST", `/servers/${id}/action`, { "os-getVNCConsole": { type: "novnc" } }],
    ["DELETE", `/servers/${id}`, undefined],
  ] as const;

test("a project never sees another project's server", async () => {
  const { table, call } = await startCloud();
  const { id } = await seedServer(table, settledServer("active"));

  await expectUnchanged(table, async () => {
    for (const [method, path, body] of serverRequests(id)) {
      expect((await call(method, `/v2.1${path}`, { as: "alt_demo", body })).status).toBe(404);
      expect((await call(method, path, { ...withBasicAuth("alt_demo"), body })).status).toBe(404);
    }
    for (const path of ["/servers", "/servers/detail"])
      for (const query of ["", `?uuid=${id}`, "?name=web", `?project_id=${projects.demo.id}`])
        expect(
          (await call("GET", `/v2.1${path}${query}`, { as: "alt_demo" })).json.servers,
        ).toEqual([]);
  });
  const mine = await call("GET", "/v2.1/servers");
  expect(mine.json.servers.map((server: { id: string }) => server.id)).toEqual([id]);
});

test("an administrator of another project sees, lists and changes every server", async () => {
  const { table, call } = await startCloud();
  const { id } = await seedServer(table, settledServer("active"));
  const statuses: number[] = [];
  for (const [method, path, body] of serverRequests(id).filter(
    ([, , body]) => !body || !("reboot" in body),
  ))
    statuses.push((await call(method, `/v2.1${path}`, { as: "admin", body })).status);

  expect(statuses).toEqual([200, 200, 202, 200, 204]);
  expect((await call("GET", "/v2.1/servers", { as: "admin" })).json.servers).toEqual([]);
  const all = await call("GET", "/v2.1/servers?all_tenants=1", { as: "admin" });
  expect(all.json.servers.map((server: { id: string }) => server.id)).toEqual([id]);
});

test("a reader sees the project's servers, and every write is refused with the policy's message", async () => {
  const { table, call } = await startCloud();
  const { id } = await seedServer(table, settledServer("active"));
  const rules: Record<string, string> = {
    PUT: "servers:update",
    DELETE: "servers:delete",
    "os-stop": "servers:stop",
    reboot: "servers:reboot",
    "os-getVNCConsole": "os-remote-consoles",
  };
  const [nova] = computeMountsOf("nova");

  expect((await call("GET", `/v2.1/servers/${id}`, { as: "reader" })).status).toBe(200);
  expect((await call("GET", "/v2.1/servers/detail", { as: "reader" })).json.servers.length).toBe(1);
  await expectUnchanged(table, async () => {
    for (const [method, path, body] of serverRequests(id).slice(1)) {
      const reply = await call(method, `/v2.1${path}`, { as: "reader", body });
      const rule = rules[method] ?? rules[Object.keys(body ?? {})[0] ?? ""];
      nova?.expectRefusal(reply, {
        status: 403,
        name: "forbidden",
        message: `Policy doesn't allow os_compute_api:${rule} to be performed.`,
      });
    }
  });
});
