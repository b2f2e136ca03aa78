import { describe, expect, test } from "vitest";
import type { Role } from "../../../lambdas/identity/model/identity.ts";
import { seedImages } from "../../../lambdas/image/model/image.ts";
import { liveMigrate, startMovable } from "../../support/movable-server.ts";
import { microversionHeader } from "../../support/send-request.ts";

describe("a cold migration", () => {
  test("moves a server to another host, to be confirmed or reverted like a resize", async () => {
    const { act, state, pass, list, actions } = await startMovable();
    const moved = await act({ migrate: null });
    expect([moved.status, moved.text]).toEqual([202, ""]);
    expect(await state()).toEqual(["RESIZE", "resize_prep", "novaless-1"]);
    pass(1_000);
    expect(await state()).toEqual(["VERIFY_RESIZE", null, "novaless-2"]);
    expect((await list())[0]).toMatchObject({
      migration_type: "migration",
      status: "finished",
      source_compute: "novaless-1",
      dest_compute: "novaless-2",
      dest_host: "192.0.2.3",
      old_instance_type_id: 1,
      new_instance_type_id: 1,
    });
    expect((await act({ revertResize: null })).status).toBe(202);
    pass(1_000);
    expect(await state()).toEqual(["ACTIVE", null, "novaless-1"]);
    expect((await actions()).map(({ action }: { action: string }) => action)).toEqual([
      "revertResize",
      "migrate",
    ]);
  });

  test("goes to the requested host from 2.56 on", async () => {
    const { act, state, pass } = await startMovable();
    expect((await act({ migrate: { host: "novaless-4" } }, 56)).status).toBe(202);
    pass(1_000);
    expect((await state())[2]).toBe("novaless-4");
    await act({ confirmResize: null });
    expect((await act({ migrate: { host: "novaless-2" } }, 55)).status).toBe(202);
    pass(1_000);
    expect((await state())[2]).toBe("novaless-1");
  });

  test("to the server's own host or an unknown host is refused", async () => {
    const { act } = await startMovable();
    const messageFor = async (host: string) =>
      (await act({ migrate: { host } }, 56)).json.badRequest.message;
    expect(await messageFor("novaless-1")).toBe(
      "Cannot migrate to the host where the server exists.",
    );
    expect(await messageFor("nowhere")).toBe("Compute host nowhere could not be found.");
    expect((await act({ migrate: { host: 1 } }, 56)).status).toBe(400);
    expect((await act({ migrate: { other: 1 } }, 56)).status).toBe(400);
  });

  test("is for managers, and to a requested host for administrators", async () => {
    const { act, call, path, as, state } = await startMovable();
    const rule = (action: string) =>
      `Policy doesn't allow os_compute_api:os-migrate-server:${action} to be performed.`;
    const messageFor = async (body: object, role: Role) =>
      (await call("POST", `${path}/action`, { ...(await as(role)), body })).json.forbidden?.message;
    expect(await messageFor({ migrate: null }, "member")).toBe(rule("migrate"));
    expect(await messageFor({ migrate: { host: "novaless-2" } }, "manager")).toBe(
      rule("migrate:host"),
    );
    expect(await messageFor(liveMigrate("novaless-2"), "manager")).toBe(rule("migrate_live:host"));
    expect((await act({ migrate: null }, 80, await as("manager"))).status).toBe(202);
    expect((await state())[0]).toBe("RESIZE");
  });

  test("cannot be confirmed while the source host is down", async () => {
    const { act, pass, down, state } = await startMovable();
    await act({ migrate: null });
    pass(1_000);
    await down("novaless-1");
    expect((await act({ confirmResize: null })).json.conflictingRequest.message).toBe(
      "Service is unavailable at this time.",
    );
    await down("novaless-1", false);
    expect((await act({ confirmResize: null })).status).toBe(204);
    expect((await state())[0]).toBe("ACTIVE");
  });

  test("moves the server's ports too", async () => {
    const { call, pass } = await startMovable();
    const body = { server: { name: "web", imageRef: seedImages[0]?.id, flavorRef: "1" } };
    const { id } = (await call("POST", "/v2.1/servers", { body })).json.server;
    pass(2_000);
    const host = async () => {
      const reply = await call("GET", `/network/v2.0/ports?device_id=${id}`, { as: "admin" });
      return reply.json.ports.map((port: Record<string, unknown>) => port["binding:host_id"]);
    };
    expect(await host()).toEqual(["novaless-1"]);
    const on = (body: object, n = 56) =>
      call("POST", `/v2.1/servers/${id}/action`, {
        as: "admin",
        body,
        headers: microversionHeader(n),
      });
    await on({ migrate: { host: "novaless-3" } });
    pass(1_000);
    expect(await host()).toEqual(["novaless-3"]);
    await on({ revertResize: null });
    pass(1_000);
    expect(await host()).toEqual(["novaless-1"]);
  });
});
