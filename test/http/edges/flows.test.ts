import { expect, test } from "vitest";
import { sampleServer } from "../../../infra/local/sample-server.ts";
import { defaultResourceLimits } from "../../../lambdas/compute/model/quota.ts";
import { seedImages } from "../../../lambdas/image/model/image.ts";
import { type CallOptions, startCloud, startTime } from "../../support/cloud.ts";
import { microversionHeader, refusalOf, startOneServer } from "../../support/one-server.ts";
import { seedServer, settledServer } from "../../support/servers.ts";

const serverBody = { server: { name: "web", imageRef: seedImages[0]?.id, flavorRef: "1" } };

const tallyStatuses = (statuses: readonly number[]) =>
  Object.fromEntries(
    [...new Set(statuses)].map((one) => [one, statuses.filter((status) => status === one).length]),
  );

test("flow: locked by an administrator, the owner's delete is 409, the administrator's is not", async () => {
  const { act, call, path, pass, id } = await startOneServer();
  const remove = async (options: CallOptions = {}) => (await call("DELETE", path, options)).status;

  expect((await act("lock", null, { as: "admin" })).status).toBe(202);
  expect(refusalOf(await call("DELETE", path))).toEqual([409, `Instance ${id} is locked`]);
  expect((await act("unlock")).status).toBe(403);
  expect(await remove()).toBe(409);
  expect(await remove({ as: "admin" })).toBe(204);
  pass(500);
  expect(await remove({ as: "admin" })).toBe(404);
});

test("flow: delete during BUILD", async () => {
  const { call, pass } = await startCloud();
  for (const [after, task] of [
    [0, "scheduling"],
    [150, "networking"],
    [700, "spawning"],
  ] as const) {
    const { server } = (await call("POST", "/v2.1/servers", { body: serverBody })).json;
    pass(after);
    const path = `/v2.1/servers/${server.id}`;
    const shown = (await call("GET", path)).json.server;
    expect([shown.status, shown["OS-EXT-STS:task_state"]]).toEqual(["BUILD", task]);
    expect((await call("DELETE", path)).status).toBe(204);
    pass(500);
    expect((await call("GET", path)).status).toBe(404);
  }
  const { json } = await call("GET", "/v2.1/limits");
  expect(json.limits.absolute.totalInstancesUsed).toBe(0);
  expect((await call("GET", "/network/v2.0/ports?device_owner=compute:nova")).json.ports).toEqual(
    [],
  );
});

test("flow: delete twice at once", async () => {
  const { call, pass } = await startCloud();
  const { server } = (await call("POST", "/v2.1/servers", { body: serverBody })).json;
  pass(1_000);
  const path = `/v2.1/servers/${server.id}`;

  const answers = await Promise.all([call("DELETE", path), call("DELETE", path)]);
  expect(answers.map(({ status, text }) => [status, text])).toEqual([
    [204, ""],
    [204, ""],
  ]);
  const { json } = await call("GET", "/v2.1/limits");
  expect(json.limits.absolute.totalInstancesUsed).toBe(0);
  pass(500);
  expect((await call("DELETE", path)).status).toBe(404);
});

test("flow: the eleventh server is 403, until one is deleted", async () => {
  const { call, pass } = await startCloud();
  const create = () => call("POST", "/v2.1/servers", { body: serverBody });
  const made = [];
  for (let index = 0; index < defaultResourceLimits.instances; index++)
    made.push((await create()).json.server.id);
  pass(1_000);

  expect(refusalOf(await create())).toEqual([
    403,
    "Quota exceeded for instances: Requested 1, but already used 10 of 10 instances",
  ]);
  await call("DELETE", `/v2.1/servers/${made[3]}`);
  pass(500);
  expect((await create()).status).toBe(202);
  expect((await create()).status).toBe(403);
});

test("flow: console token, delete of the server, token refused", async () => {
  const { act, call, path, at: origin } = await startOneServer();
  const { url } = (await act("os-getVNCConsole", { type: "novnc" })).json.console;
  const opened = async () => (await call("GET", url.slice(origin.length), { as: null })).status;

  expect(await opened()).toBe(200);
  await call("DELETE", path);
  expect(await opened()).toBe(401);
  expect(refusalOf(await act("os-getVNCConsole", { type: "novnc" }))?.[0]).toBe(409);
});

test("flow: list with changes-since across a delete", async () => {
  const { call, path, pass, id, table } = await startOneServer();
  await seedServer(table, settledServer("active", { name: "other" }));
  const since = "changes-since=2026-01-15T11:30:00Z";
  const listed = async () => {
    const { servers } = (await call("GET", `/v2.1/servers/detail?${since}`)).json;
    return servers.map((one: Record<string, unknown>) => [one["id"], one["status"]]);
  };

  expect(await listed()).toEqual([]);
  await call("DELETE", path);
  expect(await listed()).toEqual([[id, "ACTIVE"]]);
  pass(500);
  expect(await listed()).toEqual([[id, "DELETED"]]);
  const [gone] = (await call("GET", `/v2.1/servers/detail?${since}`)).json.servers;
  expect(gone).toMatchObject({
    addresses: {},
    "OS-EXT-STS:vm_state": "deleted",
    "OS-SRV-USG:terminated_at": "2026-01-15T12:00:00.500000",
  });
  expect((await call("GET", path)).status).toBe(404);
  expect((await call("GET", "/v2.1/servers")).json.servers).toHaveLength(1);
});

test("flow: page through 5 servers by 2 while one is deleted", async () => {
  for (const victim of [0, 1, 3]) {
    const { table, call, at: origin, pass, commands } = await startCloud();
    const ids: string[] = [];
    for (let age = 1; age <= 5; age++)
      ids.push((await seedServer(table, sampleServer("active", startTime - age * 60_000))).id);
    const seen: string[] = [];
    let next = "/v2.1/servers?limit=2";
    for (let page = 0; next; page++) {
      commands.length = 0;
      const { json } = await call("GET", next);
      // A deleted server takes a place in the page, which another query then fills.
      if (page > 0) expect(commands.length).toBe(victim === 3 && page === 1 ? 2 : 1);
      seen.push(...json.servers.map(({ id }: { id: string }) => id));
      next = json.servers_links?.[0].href.slice(origin.length) ?? "";
      if (page > 0) continue;
      await call("DELETE", `/v2.1/servers/${ids[victim]}`);
      pass(500);
    }
    expect(seen).toEqual(ids.filter((_id, index) => index < 2 || index !== victim));
  }
});

test("flow: PUT of a name during powering-off", async () => {
  const { act, call, path, pass, state } = await startOneServer();
  await act("os-stop");
  const { status, json } = await call("PUT", path, {
    body: { server: { name: "renamed" } },
    headers: microversionHeader(75),
  });
  expect([status, json.server.name, json.server["OS-EXT-STS:task_state"]]).toEqual([
    200,
    "renamed",
    "powering-off",
  ]);
  expect(await state()).toEqual(["active", "powering-off", 1, "ACTIVE"]);
  pass(1_000);
  expect(await state()).toEqual(["stopped", null, 4, "SHUTOFF"]);
  expect((await call("GET", path)).json.server.name).toBe("renamed");
});

test("flow: 20 os-start at once", async () => {
  const { act, pass, state } = await startOneServer("stopped");
  const answers = await Promise.all(Array.from({ length: 20 }, () => act("os-start")));
  expect(tallyStatuses(answers.map(({ status }) => status))).toEqual({ 202: 1, 409: 19 });
  pass(1_000);
  expect(await state()).toEqual(["active", null, 1, "ACTIVE"]);
});
