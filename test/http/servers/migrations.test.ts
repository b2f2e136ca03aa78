import { describe, expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import type { VmState } from "../../../lambdas/compute/model/lifecycle.ts";
import type { Server } from "../../../lambdas/compute/model/server.ts";
import {
  impliedRoles,
  type Role,
  tokenLifetimeMs,
} from "../../../lambdas/identity/model/identity.ts";
import { seedImages } from "../../../lambdas/image/model/image.ts";
import { type CallOptions, startCloud } from "../../support/cloud.ts";
import { seedServer, settledServer } from "../../support/servers.ts";

const microversionHeader = (n: number) => ({ "x-openstack-nova-api-version": `2.${n}` });

/** A server on novaless-1, and an administrator's migrations of it. */
async function startMovable(vm: VmState = "active", over: Partial<Server> = {}) {
  const cloud = await startCloud();
  const server = await seedServer(cloud.table, settledServer(vm, over));
  const path = `/v2.1/servers/${server.id}`;
  const act = (body: object, n = 1, options: CallOptions = {}) =>
    cloud.call("POST", `${path}/action`, {
      as: "admin",
      body,
      headers: microversionHeader(n),
      ...options,
    });
  const state = async () => {
    const one = (await cloud.call("GET", path, { as: "admin" })).json.server;
    return [one.status, one["OS-EXT-STS:task_state"], one["OS-EXT-SRV-ATTR:host"]];
  };
  const list = async (query = "", n = 80) =>
    (
      await cloud.call("GET", `/v2.1/os-migrations${query}`, {
        as: "admin",
        headers: microversionHeader(n),
      })
    ).json.migrations;
  const down = (host: string, forced_down = true) =>
    cloud.call("PUT", "/v2.1/os-services/force-down", {
      as: "admin",
      headers: microversionHeader(11),
      body: { host, binary: "nova-compute", forced_down },
    });
  const as = (role: Role): Promise<CallOptions> =>
    cloud.environment.tokens
      .issue({
        id: `moves-${role}`,
        user: { id: "1d4f6a8c0e2b4d5f97a9c1e3b5d7f021", name: "demo" },
        project: projects.demo,
        roles: impliedRoles(role),
        methods: ["password"],
        issued: cloud.now(),
        expires: cloud.now() + tokenLifetimeMs,
      })
      .then((token) => ({
        as: null,
        headers: { ...microversionHeader(80), "x-auth-token": token },
      }));
  const actions = async () =>
    (await cloud.call("GET", `${path}/os-instance-actions`, { as: "admin" })).json.instanceActions;
  return { ...cloud, server, path, act, state, list, down, as, actions };
}

const liveMigrate = (host: string | null, more: object = {}) => ({
  "os-migrateLive": { host, block_migration: "auto", ...more },
});
const oldVersionOptions = { block_migration: false, disk_over_commit: false };

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
    // Earlier versions ignore the value.
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

describe("a live migration", () => {
  test("E-04: takes a second, and keeps a paused server paused", async () => {
    for (const [vm, status] of [
      ["active", "ACTIVE"],
      ["paused", "PAUSED"],
    ] as const) {
      const { act, state, pass, list } = await startMovable(vm);
      const begun = await act(liveMigrate("novaless-3"), 34);
      expect([begun.status, begun.text]).toEqual([202, ""]);
      expect(await state()).toEqual(["MIGRATING", "migrating", "novaless-1"]);
      expect((await list())[0].status).toBe("preparing");
      pass(200);
      expect((await list())[0].status).toBe("running");
      pass(800);
      expect(await state()).toEqual([status, null, "novaless-3"]);
      expect((await list())[0]).toMatchObject({
        migration_type: "live-migration",
        status: "completed",
        dest_compute: "novaless-3",
        dest_host: null,
      });
    }
  });

  test("has another schema at 2.1, 2.25, 2.30 and 2.68", async () => {
    for (const [n, body, status] of [
      [1, { host: null, ...oldVersionOptions }, 202],
      [24, { host: null, block_migration: false }, 400],
      [24, { host: null, ...oldVersionOptions, block_migration: "auto" }, 400],
      [25, { host: null, ...oldVersionOptions }, 400],
      [25, { host: null, block_migration: "auto" }, 202],
      [29, { host: "novaless-2", block_migration: "auto", force: true }, 400],
      [30, { host: "novaless-2", block_migration: "auto", force: true }, 202],
      [67, { host: null, block_migration: "auto", force: true }, 400],
      [67, { host: null, block_migration: "auto", force: false }, 202],
      [68, { host: null, block_migration: "auto", force: false }, 400],
      [68, { block_migration: "auto" }, 400],
    ] as const) {
      const { act } = await startMovable();
      const reply = await act({ "os-migrateLive": body }, n);
      expect(reply.status, `${n} ${JSON.stringify(body)} ${reply.text}`).toBe(status);
    }
  });

  test("that is impossible returns 400 up to 2.33, and is a failed action from then on", async () => {
    const { act, server, state, pass, list, actions, down } = await startMovable();
    const messageFor = async (body: object, n: number) =>
      (await act(body, n)).json.badRequest.message;
    const self = `Unable to migrate instance (${server.id}) to current host (novaless-1).`;
    expect(await messageFor(liveMigrate("novaless-1"), 29)).toBe(self);
    const forced = liveMigrate("novaless-1", { force: true });
    expect(await messageFor(forced, 33)).toBe(self);
    expect(await messageFor(liveMigrate("novaless-1"), 33)).toBe(
      "No valid host was found. There are not enough hosts available.",
    );
    expect(await messageFor(liveMigrate("nowhere"), 80)).toBe(
      "Compute host nowhere could not be found.",
    );
    expect(await messageFor(liveMigrate(null, { force: true }), 34)).toBe(
      "Can't force to a non-provided destination",
    );
    await down("novaless-2");
    expect(await messageFor(liveMigrate("novaless-2"), 29)).toBe(
      "Compute service of novaless-2 is unavailable at this time.",
    );
    expect(await state()).toEqual(["ACTIVE", null, "novaless-1"]);
    const all = await list();
    expect(all.map((one: { status: string }) => one.status)).toEqual(Array(4).fill("error"));
    expect((await act(liveMigrate("novaless-1"), 34)).status).toBe(202);
    expect((await state())[0]).toBe("MIGRATING");
    pass(200);
    expect(await state()).toEqual(["ACTIVE", null, "novaless-1"]);
    expect((await list())[0]).toMatchObject({ status: "error", dest_compute: null });
    expect((await actions())[0]).toMatchObject({ action: "live-migration", message: "Error" });
  });

  test("E-33: closes the server's consoles, and earlier tokens stay invalid", async () => {
    const { act, call, path, pass } = await startMovable();
    const console = () =>
      call("POST", `${path}/action`, { body: { "os-getVNCConsole": { type: "novnc" } } });
    const { url } = (await console()).json.console;
    const open = async () =>
      (await call("GET", `/console${new URL(url).search}`, { as: null })).status;
    expect(await open()).toBe(200);
    await act(liveMigrate(null), 34);
    expect((await console()).status).toBe(409);
    expect(await open()).not.toBe(200);
    pass(1_000);
    expect((await console()).status).toBe(200);
  });

  test("can be aborted while it runs, and from 2.65 on while it is queued", async () => {
    const { act, call, path, state, pass, list, actions } = await startMovable();
    await act(liveMigrate("novaless-2"), 34);
    const [{ id }] = await list();
    const abort = (n: number, number = id) =>
      call("DELETE", `${path}/migrations/${number}`, {
        as: "admin",
        headers: microversionHeader(n),
      });
    expect((await abort(23)).status).toBe(404);
    expect((await abort(64)).json.badRequest.message).toBe(
      `Migration ${id} state of instance ${path.split("/").at(-1)} is preparing. Cannot abort live migration while the migration is in this state.`,
    );
    expect((await abort(65, 17)).json.itemNotFound.message).toBe(
      `Migration 17 not found for instance ${path.split("/").at(-1)}`,
    );
    const aborted = await abort(65);
    expect([aborted.status, aborted.text]).toEqual([202, ""]);
    expect(await state()).toEqual(["ACTIVE", null, "novaless-1"]);
    expect((await list())[0].status).toBe("cancelled");
    expect((await abort(65)).json.conflictingRequest.message).toMatch(
      /^Cannot 'abort live migration' instance .* while it is in task_state None$/,
    );
    pass(1);
    await act(liveMigrate("novaless-2"), 34);
    pass(200);
    const [again] = await list();
    expect((await abort(24, again.id)).status).toBe(202);
    pass(10_000);
    expect(await state()).toEqual(["ACTIVE", null, "novaless-1"]);
    expect((await actions()).map((one: { action: string }) => one.action)).toEqual([
      "live_migration_cancel",
      "live-migration",
      "live_migration_cancel",
      "live-migration",
    ]);
  });

  test("can be forced to complete while it runs", async () => {
    const { act, call, path, state, pass, list, actions } = await startMovable();
    await act(liveMigrate("novaless-2"), 34);
    const [{ id }] = await list();
    const force = (number: number | string = id, n = 22, body: object = { force_complete: null }) =>
      call("POST", `${path}/migrations/${number}/action`, {
        as: "admin",
        headers: microversionHeader(n),
        body,
      });
    expect((await force(id, 21)).status).toBe(404);
    expect((await force(17)).json.badRequest.message).toMatch(/^Migration 17 not found/);
    expect((await force()).json.badRequest.message).toMatch(/is preparing. Cannot force complete/);
    expect((await force(id, 22, { force_complete: {} })).status).toBe(400);
    pass(200);
    const forced = await force();
    expect([forced.status, forced.text]).toEqual([202, ""]);
    expect(await state()).toEqual(["ACTIVE", null, "novaless-2"]);
    expect((await list())[0].status).toBe("completed");
    expect((await force()).status).toBe(409);
    expect((await actions()).map((one: { message: unknown }) => one.message)).toEqual([null, null]);
  });

  test("is listed only while it runs", async () => {
    const { act, call, path, server, pass, list, as } = await startMovable();
    const seen = async (
      n: number,
      options: CallOptions = { as: "admin", headers: microversionHeader(n) },
    ) => (await call("GET", `${path}/migrations`, options)).json.migrations;
    expect(await seen(23)).toEqual([]);
    await act(liveMigrate("novaless-2"), 34);
    const [{ id, uuid }] = await list();
    const members = {
      ...{ id, server_uuid: server.id, status: "preparing" },
      ...{ source_compute: "novaless-1", dest_compute: "novaless-2" },
    };
    expect(await seen(23)).toEqual([expect.objectContaining(members)]);
    expect((await seen(23))[0]).not.toHaveProperty("uuid");
    expect(await seen(80)).toEqual([
      expect.objectContaining({ ...members, uuid, project_id: projects.admin.id }),
    ]);
    expect((await seen(80, await as("manager")))[0].dest_compute).toBeNull();
    const shown = (number: number | string = id) =>
      call("GET", `${path}/migrations/${number}`, { as: "admin", headers: microversionHeader(80) });
    expect((await shown()).json.migration).toMatchObject({ ...members, uuid });
    pass(1_000);
    expect(await seen(80)).toEqual([]);
    const why = async (number: number | string = id) =>
      (await shown(number)).json.itemNotFound.message;
    expect(await why()).toBe(`Live migration ${id} for server ${server.id} is not in progress.`);
    expect(await why("x")).toBe(
      `In-progress live migration x is not found for server ${server.id}.`,
    );
    await act({ migrate: null });
    const cold = (await list()).find((one: { status: string }) => one.status === "pre-migrating");
    expect(await why(cold.id)).toBe(
      `Migration ${cold.id} for server ${server.id} is not live-migration.`,
    );
  });
});

describe("an evacuation", () => {
  test("needs a source host that is down, which may come back up", async () => {
    const { act, state, pass, down, list, actions } = await startMovable();
    const refused = await act({ evacuate: {} }, 14);
    expect([refused.status, refused.json.badRequest?.message]).toEqual([
      400,
      "Compute service of novaless-1 is still in use.",
    ]);
    await down("novaless-1");
    const begun = await act({ evacuate: {} }, 14);
    expect([begun.status, begun.text]).toEqual([200, ""]);
    expect((await state()).slice(0, 2)).toEqual(["REBUILD", "rebuilding"]);
    expect((await list())[0].status).toBe("accepted");
    pass(300);
    expect((await list())[0].status).toBe("pre-migrating");
    pass(700);
    expect(await state()).toEqual(["ACTIVE", null, "novaless-2"]);
    expect((await list())[0]).toMatchObject({
      migration_type: "evacuation",
      status: "done",
      source_compute: "novaless-1",
      dest_compute: "novaless-2",
      old_instance_type_id: null,
    });
    expect((await actions())[0].action).toBe("evacuate");
  });

  test("E-27: returns the password up to 2.13, unless storage is shared", async () => {
    for (const [body, n, adminPass] of [
      [{ onSharedStorage: false, adminPass: "secret" }, 1, "secret"],
      [{ onSharedStorage: "False" }, 13, expect.stringMatching(/^\w{12}$/)],
      [{ onSharedStorage: true }, 13, null],
    ] as const) {
      const { act, down } = await startMovable();
      await down("novaless-1");
      const { status, json } = await act({ evacuate: body }, n);
      expect([status, json]).toEqual([200, { adminPass }]);
    }
    const { act } = await startMovable();
    const both = await act({ evacuate: { onSharedStorage: true, adminPass: "secret" } });
    expect(both.json.badRequest.message).toBe("admin password can't be changed on existing disk");
  });

  test("has another schema at 2.1, 2.14, 2.29 and 2.68", async () => {
    for (const [n, body, status] of [
      [1, {}, 400],
      [13, { onSharedStorage: true, host: "novaless-2" }, 200],
      [14, { onSharedStorage: true }, 400],
      [28, { host: "novaless-2", force: true }, 400],
      [29, { host: "novaless-2", force: true }, 200],
      [67, { force: true }, 400],
      [68, { host: "novaless-2", force: true }, 400],
      [68, { host: "novaless-2" }, 200],
    ] as const) {
      const { act, down } = await startMovable();
      await down("novaless-1");
      expect((await act({ evacuate: body }, n)).status, `${n} ${JSON.stringify(body)}`).toBe(
        status,
      );
    }
  });

  test("to the server's own host or an unknown host is refused in any state", async () => {
    const { act } = await startMovable("paused");
    const replyFor = async (host: string) => (await act({ evacuate: { host } }, 14)).json;
    expect((await replyFor("novaless-1")).badRequest.message).toBe(
      "The target host can't be the same one.",
    );
    expect((await replyFor("nowhere")).itemNotFound.message).toBe(
      "Compute host nowhere not found.",
    );
    expect((await replyFor("novaless-2")).conflictingRequest.message).toMatch(/vm_state paused$/);
  });

  test("keeps the server's state, and leaves it stopped from 2.95 on", async () => {
    for (const [vm, n, status] of [
      ["stopped", 94, "SHUTOFF"],
      ["error", 94, "ACTIVE"],
      ["active", 95, "SHUTOFF"],
      ["stopped", 95, "SHUTOFF"],
    ] as const) {
      const { act, state, pass, down } = await startMovable(vm);
      await down("novaless-1");
      expect((await act({ evacuate: {} }, n)).status).toBe(200);
      pass(10_000);
      expect(await state()).toEqual([status, null, "novaless-2"]);
    }
  });

  test("during another migration starts from the source host", async () => {
    const { act, state, pass, down } = await startMovable();
    await act({ resize: { flavorRef: "2" } });
    pass(400);
    await down("novaless-1");
    expect((await act({ evacuate: { host: "novaless-4" } }, 80)).status).toBe(200);
    pass(10_000);
    expect(await state()).toEqual(["ACTIVE", null, "novaless-4"]);
  });
});
