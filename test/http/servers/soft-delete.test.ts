import { describe, expect, test } from "vitest";
import { startCloud } from "../../support/cloud.ts";
import { startDeletable } from "../../support/deletable-server.ts";

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
    expect((await create()).status).toBe(403);
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
