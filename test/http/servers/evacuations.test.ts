import { describe, expect, test } from "vitest";
import { startMovable } from "../../support/movable-server.ts";

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
