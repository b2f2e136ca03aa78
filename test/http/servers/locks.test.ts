import { describe, expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import { type CallOptions, startCloud } from "../../support/cloud.ts";
import { microversionHeader } from "../../support/send-request.ts";
import { seedServer, settledServer } from "../../support/servers.ts";

async function startLockable(vm: "active" | "stopped" = "active") {
  const cloud = await startCloud();
  const { id } = await seedServer(cloud.table, settledServer(vm));
  const path = `/v2.1/servers/${id}`;
  const act = async (body: object, as = "demo", options: CallOptions = {}) =>
    (await cloud.call("POST", `${path}/action`, { as, body, ...options })).status;
  const shown = async () => {
    const { json } = await cloud.call("GET", path, { headers: microversionHeader(73) });
    return [json.server.locked, json.server.locked_reason];
  };
  return { ...cloud, id, path, act, shown };
}

describe("E-05: a lock", () => {
  test("refuses members' changes before the state is checked", async () => {
    const { call, id, path, act } = await startLockable();
    expect(await act({ lock: null })).toBe(202);
    for (const body of [{ "os-stop": null }, { "os-start": null }, { reboot: { type: "HARD" } }]) {
      const reply = await call("POST", `${path}/action`, { body });
      expect([reply.status, reply.json]).toEqual([
        409,
        { conflictingRequest: { message: `Instance ${id} is locked`, code: 409 } },
      ]);
    }
    expect((await call("DELETE", path)).status).toBe(409);
    expect((await call("GET", path)).status).toBe(200);
    expect((await call("PUT", path, { body: { server: { name: "db" } } })).status).toBe(200);
    expect(await act({ "os-getVNCConsole": { type: "novnc" } })).toBe(200);
    expect(await act({ unlock: null })).toBe(202);
    expect(await act({ "os-stop": null })).toBe(202);
  });

  test("does not apply to administrators of any project", async () => {
    const { call, path, act, pass } = await startLockable();
    await act({ lock: null });
    expect(await act({ "os-stop": null }, "admin")).toBe(202);
    pass(60_000);
    expect(await act({ "os-start": null }, "admin")).toBe(202);
    pass(60_000);
    expect(await act({ reboot: { type: "SOFT" } }, "admin")).toBe(202);
    expect((await call("DELETE", path, { as: "admin" })).status).toBe(204);
  });

  test("is idempotent: locking a locked server keeps the first lock and reason", async () => {
    const { act, shown } = await startLockable();
    const because = (locked_reason: string) => ({ lock: { locked_reason } });
    expect(await act(because("first"), "demo", { headers: microversionHeader(73) })).toBe(202);
    expect(await act(because("second"), "demo", { headers: microversionHeader(73) })).toBe(202);
    expect(await shown()).toEqual([true, "first"]);
    expect(await act({ unlock: null })).toBe(202);
    expect(await shown()).toEqual([false, null]);
    expect(await act({ unlock: null })).toBe(202);
  });

  test("by an administrator cannot be removed by the owner", async () => {
    const { call, path, act, shown } = await startLockable();
    await act({ lock: null });
    expect(await act({ lock: null }, "admin")).toBe(202);
    const reply = await call("POST", `${path}/action`, { body: { unlock: null } });
    expect([reply.status, reply.json.forbidden.message]).toEqual([
      403,
      "Policy doesn't allow os_compute_api:os-lock-server:unlock:unlock_override to be performed.",
    ]);
    expect(await shown()).toEqual([true, null]);
    expect(await act({ unlock: null }, "admin")).toBe(202);
    expect(await shown()).toEqual([false, null]);
  });

  test("has a reason from 2.73 on; before, any value is accepted", async () => {
    const { act } = await startLockable();
    const locked_reason = "r".repeat(256);
    expect(
      await act({ lock: { locked_reason } }, "demo", { headers: microversionHeader(73) }),
    ).toBe(400);
    expect(await act({ lock: { reason: "r" } }, "demo", { headers: microversionHeader(73) })).toBe(
      400,
    );
    expect(await act({ lock: [1] }, "demo", { headers: microversionHeader(72) })).toBe(202);
  });

  test("is refused for other projects and for readers", async () => {
    const { call, act } = await startLockable();
    for (const body of [{ lock: null }, { unlock: null }]) {
      expect(await act(body, "alt_demo")).toBe(404);
      expect(await act(body, "reader")).toBe(403);
      expect((await call("POST", "/v2.1/servers/nope/action", { as: "admin", body })).status).toBe(
        404,
      );
    }
  });

  test("and a concurrent start: either the start comes first or it is refused", async () => {
    const { act, path, call } = await startLockable("stopped");
    const [locked, ...started] = await Promise.all([
      act({ lock: null }),
      ...Array.from({ length: 20 }, () => act({ "os-start": null })),
    ]);
    expect(locked).toBe(202);
    expect(started.filter((status) => status === 202).length).toBeLessThanOrEqual(1);
    expect(new Set(started)).toContain(409);
    const { json } = await call("GET", path, { headers: microversionHeader(9) });
    expect(json.server.locked).toBe(true);
    expect(json.server["OS-EXT-STS:task_state"]).toBe(started.includes(202) ? "powering-on" : null);
  });

  test("can be removed by an administrator of the same project, whoever set it", async () => {
    const { table, call } = await startCloud();
    const { id } = await seedServer(table, settledServer("active", { project: projects.admin.id }));
    const act = async (body: object) =>
      (await call("POST", `/v2.1/servers/${id}/action`, { as: "admin", body })).status;
    expect([await act({ lock: null }), await act({ unlock: null })]).toEqual([202, 202]);
  });
});
