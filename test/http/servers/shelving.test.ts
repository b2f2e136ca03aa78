import { describe, expect, test } from "vitest";
import { startShelvable, stateMembers } from "../../support/shelvable-server.ts";
import { startWithServer } from "../../support/with-server.ts";

describe("a shelved server", () => {
  test("E-41: becomes SHELVED_OFFLOADED without host, and its image lasts until it is unshelved", async () => {
    const { act, shown, pass, shelved, hostOfPort, actions } = await startShelvable();
    const before = await shown("admin");
    expect(before.hostId).toMatch(/^[0-9a-f]{56}$/);
    expect((await act({ shelve: null })).status).toBe(202);
    expect(await shelved()).toMatchObject([{ status: "queued" }]);
    const seen = [];
    for (const step of [0, 200, 100, 400, 300]) {
      pass(step);
      const { status, [stateMembers.vm]: vm, [stateMembers.task]: task } = await shown();
      seen.push([status, vm, task, (await shelved())[0]?.status]);
    }
    expect(seen).toEqual([
      ["ACTIVE", "active", "shelving", "queued"],
      ["ACTIVE", "active", "shelving_image_pending_upload", "queued"],
      ["ACTIVE", "active", "shelving_image_uploading", "saving"],
      ["SHELVED", "shelved", "shelving_offloading", "active"],
      ["SHELVED_OFFLOADED", "shelved_offloaded", null, "active"],
    ]);
    expect(await shown("admin")).toMatchObject({
      hostId: "",
      "OS-EXT-SRV-ATTR:host": null,
      "OS-EXT-AZ:availability_zone": "nova",
      "OS-EXT-STS:power_state": 4,
    });
    expect(await hostOfPort()).toEqual([""]);
    expect((await act({ "os-start": null })).json.conflictingRequest.message).toMatch(
      /is not ready$/,
    );

    expect((await act({ unshelve: null })).status).toBe(202);
    expect(await shown()).toMatchObject({
      status: "SHELVED_OFFLOADED",
      [stateMembers.task]: "unshelving",
    });
    expect(await shelved()).toEqual([]);
    pass(1_000);
    const after = await shown("admin");
    expect(after).toMatchObject({
      status: "ACTIVE",
      [stateMembers.task]: null,
      hostId: before.hostId,
    });
    expect(await hostOfPort()).toEqual([after["OS-EXT-SRV-ATTR:host"]]);
    expect(await actions()).toEqual([
      ["unshelve", null],
      ["shelve", null],
      ["create", null],
    ]);
  });

  test("deletes its image when it is deleted, and anyone may delete the image before", async () => {
    const { act, call, id, pass, shelved, shown, actions } = await startShelvable();
    await act({ shelve: null });
    pass(1_000);
    const [image] = await shelved();
    expect((await call("DELETE", `/image/v2/images/${image?.id}`)).status).toBe(204);
    expect((await act({ unshelve: null })).status).toBe(202);
    pass(1_000);
    expect((await shown()).status).toBe("ERROR");
    expect((await actions())[0]).toEqual(["unshelve", "Error"]);
    await act({ "os-resetState": { state: "active" } }, "admin");
    await act({ shelve: null });
    pass(1_000);
    expect(await shelved()).toHaveLength(1);
    expect((await call("DELETE", `/v2.1/servers/${id}`)).status).toBe(204);
    expect(await shelved()).toEqual([]);
  });

  test("keeps a protected image", async () => {
    const { act, call, pass, shelved, shown } = await startShelvable();
    await act({ shelve: null });
    pass(1_000);
    const [image] = await shelved();
    const { status } = await call("PATCH", `/image/v2/images/${image?.id}`, {
      headers: { "content-type": "application/openstack-images-v2.1-json-patch" },
      body: JSON.stringify([{ op: "replace", path: "/protected", value: true }]),
    });
    expect(status).toBe(200);
    expect((await act({ unshelve: null })).status).toBe(202);
    pass(1_000);
    expect((await shown()).status).toBe("ACTIVE");
    expect(await shelved()).toHaveLength(1);
  });

  test("that boots from a volume has no image", async () => {
    const { act, shown, pass, call } = await startWithServer({ image: null });
    expect((await act({ shelve: null })).status).toBe(202);
    pass(1_000);
    expect((await shown()).status).toBe("SHELVED_OFFLOADED");
    expect((await call("GET", "/image/v2/images?name=web-1-shelved")).json.images).toEqual([]);
    expect((await act({ unshelve: null })).status).toBe(202);
    pass(1_000);
    expect((await shown()).status).toBe("ACTIVE");
  });

  test("cannot be shelved again, locked or by other projects; only administrators offload", async () => {
    const { act, id, pass } = await startShelvable();
    const message = async (reply: ReturnType<typeof act>) => {
      const { status, json } = await reply;
      return [status, Object.values<{ message: string }>(json)[0]?.message];
    };
    await act({ lock: null });
    expect(await message(act({ shelve: null }))).toEqual([409, `Instance ${id} is locked`]);
    await act({ unlock: null });
    await act({ shelve: null });
    expect(await message(act({ shelve: null }))).toEqual([
      409,
      `Cannot 'shelve' instance ${id} while it is in task_state shelving`,
    ]);
    pass(10_000);
    expect(await message(act({ shelve: null }))).toEqual([
      409,
      `Cannot 'shelve' instance ${id} while it is in vm_state shelved_offloaded`,
    ]);
    expect(await message(act({ shelveOffload: null }, "admin"))).toEqual([
      409,
      `Cannot 'shelveOffload' instance ${id} while it is in vm_state shelved_offloaded`,
    ]);
    expect((await act({ shelveOffload: null })).status).toBe(403);
    expect((await act({ unshelve: null }, "reader")).status).toBe(403);
    expect((await act({ unshelve: null }, "alt_demo")).status).toBe(404);
  });

  test("that is still on its host is offloaded by an administrator", async () => {
    const { act, shown, pass } = await startWithServer({}, "shelved");
    expect((await shown()).hostId).not.toBe("");
    expect((await act({ shelveOffload: null }, "admin")).status).toBe(202);
    expect(await shown()).toMatchObject({
      status: "SHELVED",
      [stateMembers.task]: "shelving_offloading",
    });
    pass(300);
    expect(await shown()).toMatchObject({ status: "SHELVED_OFFLOADED", hostId: "" });
  });
});
