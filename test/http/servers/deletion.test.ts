import { describe, expect, test } from "vitest";
import { vmStates } from "../../../lambdas/compute/model/lifecycle.ts";
import { seedImages } from "../../../lambdas/image/model/image.ts";
import { type CallOptions, startCloud } from "../../support/cloud.ts";
import { seedServer, settledServer } from "../../support/servers.ts";
import { startWithServer } from "../../support/with-server.ts";

/** A cloud with soft deletes on or off, and a server created in it. */
async function startDeletable(softDelete: boolean) {
  const cloud = await startCloud();
  Object.assign(cloud.environment.settings, { softDelete });
  const { call, pass } = cloud;
  const server = { name: "web", imageRef: seedImages[0]?.id, flavorRef: "1" };
  const create = () => call("POST", "/v2.1/servers", { body: { server } });
  const id: string = (await create()).json.server.id;
  pass(10_000);
  const at = `/v2.1/servers/${id}`;
  return {
    ...cloud,
    id,
    create,
    remove: async () => (await call("DELETE", at)).status,
    act: (body: object, options: CallOptions = {}) =>
      call("POST", `${at}/action`, { body, ...options }),
    shown: async () => (await call("GET", at)).json.server,
    status: async () => (await call("GET", at)).status,
    used: async () => {
      const { absolute } = (await call("GET", "/v2.1/limits")).json.limits;
      return [absolute.totalInstancesUsed, absolute.totalCoresUsed, absolute.totalRAMUsed];
    },
    actions: async () =>
      (
        await call("GET", `${at}/os-instance-actions`, {
          headers: { "openstack-api-version": "compute 2.21" },
        })
      ).json.instanceActions.map((one: { action: string }) => one.action),
  };
}

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

describe("soft delete", () => {
  test("a deleted server is SOFT_DELETED, uses no quota, and is restored unchanged", async () => {
    const { remove, shown, used, pass, act, status, actions } = await startDeletable(true);
    expect(await remove()).toBe(204);
    expect(await shown()).toMatchObject({
      status: "ACTIVE",
      "OS-EXT-STS:task_state": "soft-deleting",
    });
    expect(await used()).toEqual([0, 0, 0]);
    expect(await remove()).toBe(204);
    pass(500);
    expect(await shown()).toMatchObject({ status: "SOFT_DELETED", "OS-EXT-STS:task_state": null });
    expect(await remove()).toBe(204);
    expect(await used()).toEqual([0, 0, 0]);
    pass(10_000);
    expect(await status()).toBe(200);
    expect((await act({ restore: null })).status).toBe(202);
    expect(await shown()).toMatchObject({
      status: "SOFT_DELETED",
      "OS-EXT-STS:task_state": "restoring",
    });
    expect(await used()).toEqual([1, 1, 512]);
    pass(500);
    expect((await shown()).status).toBe("ACTIVE");
    expect((await act({ restore: null })).status).toBe(409);
    expect(await actions()).toEqual(["restore", "delete", "create"]);
  });

  test("forceDelete deletes for good, also during a soft delete, and releases nothing twice", async () => {
    for (const after of [0, 10_000]) {
      const { remove, used, pass, act, status, create } = await startDeletable(true);
      expect((await create()).status).toBe(202);
      pass(10_000);
      await remove();
      pass(after);
      expect((await act({ forceDelete: null })).status).toBe(202);
      pass(500);
      expect(await status()).toBe(404);
      expect(await used()).toEqual([1, 1, 512]);
    }
  });

  test("a restore that exceeds the quota is refused and changes nothing", async () => {
    const { remove, used, pass, act, shown, create, call } = await startDeletable(true);
    await remove();
    pass(10_000);
    const body = { quota_set: { instances: 1 } };
    const project = (await shown()).tenant_id;
    await call("PUT", `/v2.1/os-quota-sets/${project}`, { as: "admin", body });
    expect((await create()).status).toBe(202);
    const reply = await act({ restore: null });
    expect([reply.status, reply.json.forbidden.message]).toEqual([
      403,
      "Quota exceeded for instances: Requested 1, but already used 1 of 1 instances",
    ]);
    expect((await shown()).status).toBe("SOFT_DELETED");
    expect(await used()).toEqual([1, 1, 512]);
  });

  test("recounting and os-resetState count a soft-deleted server correctly", async () => {
    const { remove, used, pass, act, create, shown, call } = await startDeletable(true);
    await remove();
    pass(60_000);
    const body = { quota_set: { instances: 1 } };
    await call("PUT", `/v2.1/os-quota-sets/${(await shown()).tenant_id}`, { as: "admin", body });
    expect((await create()).status).toBe(202);
    pass(120_000);
    expect((await create()).status).toBe(403); // recounts the quota
    expect(await used()).toEqual([1, 1, 512]);
    await act({ "os-resetState": { state: "active" } }, { as: "admin" });
    expect(await used()).toEqual([2, 2, 1_024]);
    expect((await shown()).status).toBe("ACTIVE");
  });

  test("a server that is being built is deleted at once, without restore", async () => {
    const { create, call, pass } = await startDeletable(true);
    const { id } = (await create()).json.server;
    expect((await call("DELETE", `/v2.1/servers/${id}`)).status).toBe(204);
    pass(500);
    expect((await call("GET", `/v2.1/servers/${id}`)).status).toBe(404);
  });

  test("a restored shelved server returns to its previous state, and its image is deleted", async () => {
    const { act, remove, pass, call, shown } = await startDeletable(true);
    await act({ shelve: null });
    pass(10_000);
    await remove();
    pass(10_000);
    expect((await call("GET", "/image/v2/images?name=web-shelved")).json.images).toEqual([]);
    await act({ restore: null });
    pass(10_000);
    expect((await shown()).status).toBe("ACTIVE");
  });

  test("is configured by the environment", async () => {
    const { environment } = await startCloud();
    expect(environment.settings.softDelete).toBe(false);
  });
});

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
