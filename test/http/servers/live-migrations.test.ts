import { describe, expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import type { CallOptions } from "../../support/cloud.ts";
import { liveMigrate, startMovable } from "../../support/movable-server.ts";
import { microversionHeader } from "../../support/send-request.ts";

const oldVersionOptions = { block_migration: false, disk_over_commit: false };

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
