import { describe, expect, test } from "vitest";
import { vmStates } from "../../../lambdas/compute/model/lifecycle.ts";
import { startCloud } from "../../support/cloud.ts";
import { startWithServer } from "../../support/with-server.ts";

describe("trigger_crash_dump", () => {
  const dump = { trigger_crash_dump: null };
  const allowed = ["active", "paused", "rescued", "resized", "error"];

  test("changes no state, and is recorded, in exactly the states that Nova allows", async () => {
    for (const vm of vmStates.filter((vm) => vm !== "deleted")) {
      const { part, shown, id } = await startWithServer({}, vm);
      const before = await shown();
      const { status, headers, text } = await part("POST", "action", dump, "2.17");
      expect([vm, status]).toEqual([vm, allowed.includes(vm) ? 202 : 409]);
      expect(await shown()).toEqual(before);
      const { instanceActions } = (await part("GET", "os-instance-actions")).json;
      if (status === 202)
        expect(instanceActions).toMatchObject([
          { action: "trigger_crash_dump", request_id: headers.get("x-compute-request-id") },
        ]);
      else {
        expect(instanceActions).toEqual([]);
        const why = {
          message:
            vm === "building" || vm === "shelved_offloaded"
              ? expect.stringMatching(/is not ready$|vm_state building$/)
              : `Cannot 'trigger_crash_dump' instance ${id} while it is in vm_state ${vm}`,
        };
        expect(JSON.parse(text).conflictingRequest).toMatchObject(why);
      }
    }
  });

  test("is refused during a task, under a lock and before 2.17, and accepts only null", async () => {
    const { act, part, id, pass } = await startWithServer();
    expect((await part("POST", "action", dump, "2.16")).status).toBe(404);
    expect((await part("POST", "action", { trigger_crash_dump: {} }, "2.17")).status).toBe(400);
    await act({ "os-stop": null });
    const busy = await part("POST", "action", dump, "2.17");
    expect(busy.json.conflictingRequest.message).toBe(
      `Cannot 'trigger_crash_dump' instance ${id} while it is in task_state powering-off`,
    );
    pass(10_000);
    await act({ "os-start": null });
    pass(10_000);
    await act({ lock: null });
    const locked = await part("POST", "action", dump, "2.17");
    expect(locked.json.conflictingRequest.message).toBe(`Instance ${id} is locked`);
    expect((await part("POST", "action", dump, "2.17", "admin")).status).toBe(202);
  });

  test("returns os-start's message for an unknown server", async () => {
    const { call } = await startCloud();
    const headers = { "openstack-api-version": "compute 2.17" };
    const nobody = "0199340e-0f3e-4612-96be-6f1861b192b5";
    const reply = await call("POST", `/v2.1/servers/${nobody}/action`, { headers, body: dump });
    expect(reply.json.itemNotFound.message).toBe(`Instance ${nobody} has no mapping to a cell.`);
  });
});
