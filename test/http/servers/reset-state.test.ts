import { describe, expect, test } from "vitest";
import { vmStates } from "../../../lambdas/compute/model/lifecycle.ts";
import { startCloud } from "../../support/cloud.ts";
import { seedServer, settledServer } from "../../support/servers.ts";
import { startWithServer } from "../../support/with-server.ts";

describe("os-resetState", () => {
  test("sets any state to active or error, during any transition and despite a lock", async () => {
    const { table, call, pass } = await startCloud();
    for (const vm of vmStates.filter((vm) => vm !== "deleted"))
      for (const state of ["active", "error"]) {
        const { id } = await seedServer(table, settledServer(vm));
        const act = (body: object, as: string) =>
          call("POST", `/v2.1/servers/${id}/action`, { as, body });
        await act({ lock: null }, "admin");
        await act({ "os-stop": null }, "admin");
        pass(100);
        const reply = await act({ "os-resetState": { state } }, "admin");
        expect([vm, reply.status]).toEqual([vm, 202]);
        const { server } = (await call("GET", `/v2.1/servers/${id}`)).json;
        expect([server["OS-EXT-STS:vm_state"], server["OS-EXT-STS:task_state"]]).toEqual([
          state,
          null,
        ]);
      }
  });

  test("is for administrators, accepts two states, and is recorded without an event", async () => {
    const { act, part } = await startWithServer();
    const state = (value: unknown) => ({ "os-resetState": { state: value } });
    expect((await act(state("active"))).status).toBe(403);
    for (const value of ["stopped", "ERROR", null, 1])
      expect((await act(state(value), "admin")).status).toBe(400);
    expect((await act({ "os-resetState": {} }, "admin")).status).toBe(400);
    const { headers } = await act(state("error"), "admin");
    const request = headers.get("x-compute-request-id");
    const { json } = await part("GET", `os-instance-actions/${request}`, undefined, "2.51");
    expect(json.instanceAction).toMatchObject({ action: "resetState", message: null, events: [] });
  });

  test("does not bring back a server that is being deleted", async () => {
    const { act, call, id, pass } = await startWithServer();
    await call("DELETE", `/v2.1/servers/${id}`);
    expect((await act({ "os-resetState": { state: "active" } }, "admin")).status).toBe(202);
    pass(500);
    expect((await act({ "os-resetState": { state: "active" } }, "admin")).status).toBe(404);
  });
});
