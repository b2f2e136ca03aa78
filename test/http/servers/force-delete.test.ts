import { describe, expect, test } from "vitest";
import { vmStates } from "../../../lambdas/compute/model/lifecycle.ts";
import { startCloud } from "../../support/cloud.ts";
import { startDeletable } from "../../support/deletable-server.ts";
import { seedServer, settledServer } from "../../support/servers.ts";
import { startWithServer } from "../../support/with-server.ts";

describe("E-07: forceDelete", () => {
  test("deletes a server in any state, and returns 202 again while it is being deleted", async () => {
    const { table, call, pass } = await startCloud();
    for (const vm of vmStates.filter((vm) => vm !== "deleted")) {
      const { id } = await seedServer(table, settledServer(vm));
      const act = () => call("POST", `/v2.1/servers/${id}/action`, { body: { forceDelete: null } });
      expect([vm, (await act()).status, (await act()).status]).toEqual([vm, 202, 202]);
      pass(500);
      const gone = await act();
      expect([gone.status, gone.json.itemNotFound.message]).toEqual([
        404,
        `Instance ${id} could not be found.`,
      ]);
    }
  });

  test("is refused for a locked server and without the role", async () => {
    const { act, id } = await startWithServer();
    await act({ lock: null });
    expect((await act({ forceDelete: null })).json.conflictingRequest.message).toBe(
      `Instance ${id} is locked`,
    );
    expect((await act({ forceDelete: null }, "reader")).status).toBe(403);
    expect((await act({ forceDelete: null }, "admin")).status).toBe(202);
  });

  test("releases quota, ports and addresses once", async () => {
    const { act, used, call, pass } = await startDeletable(false);
    expect(await used()).toEqual([1, 1, 512]);
    await act({ forceDelete: null });
    await act({ forceDelete: null });
    expect(await used()).toEqual([0, 0, 0]);
    pass(1_000);
    expect((await call("GET", "/network/v2.0/ports")).json.ports).toEqual([]);
  });
});
