import { describe, expect, test } from "vitest";
import { seedImages } from "../../../lambdas/image/model/image.ts";
import { readItems } from "../../support/items.ts";
import { rootVolume } from "../../support/servers.ts";
import { startWithServer } from "../../support/with-server.ts";

const [image] = seedImages;

describe("a rescue", () => {
  test("returns 200 with a password, leads to RESCUE, and can be undone", async () => {
    const { act, shown, pass } = await startWithServer();
    const reply = await act({ rescue: null });
    expect([reply.status, reply.json]).toEqual([
      200,
      { adminPass: expect.stringMatching(/^[a-zA-Z0-9]{12}$/) },
    ]);
    const seen: unknown[] = [];
    const look = async () => {
      const { status, ...server } = await shown();
      seen.push([
        status,
        server["OS-EXT-STS:task_state"],
        server["OS-EXT-STS:vm_state"],
        server["OS-EXT-STS:power_state"],
      ]);
    };
    await look();
    pass(1_000);
    await look();
    const back = await act({ unrescue: null });
    expect([back.status, back.text]).toEqual([202, ""]);
    await look();
    pass(1_000);
    await look();
    expect(seen).toEqual([
      ["ACTIVE", "rescuing", "active", 1],
      ["RESCUE", null, "rescued", 1],
      ["RESCUE", "unrescuing", "rescued", 1],
      ["ACTIVE", null, "active", 1],
    ]);
  });

  test("accepts a password and an image, and checks only the image", async () => {
    const { act } = await startWithServer({}, "stopped");
    const rescue = { adminPass: "", rescue_image_ref: image?.id };
    expect((await act({ rescue })).json).toEqual({ adminPass: "" });
    const other = await startWithServer();
    const rescue_image_ref = "0199340e-0f3e-4612-96be-6f1861b192b5";
    const refused = await other.act({ rescue: { rescue_image_ref } });
    expect([refused.status, refused.json.badRequest.message]).toEqual([
      400,
      `Requested rescue image '${rescue_image_ref}' is not supported`,
    ]);
    for (const bad of [{ rescue_image_ref: "x" }, { adminPass: 1 }, { more: 1 }, "x", []])
      expect((await other.act({ rescue: bad })).status).toBe(400);
    expect((await other.shown())["OS-EXT-STS:task_state"]).toBeNull();
  });

  test("is checked in Nova's order: lock, state, image", async () => {
    const { act, id } = await startWithServer({}, "paused");
    const rescue = { rescue_image_ref: "0199340e-0f3e-4612-96be-6f1861b192b5" };
    expect((await act({ rescue })).json.conflictingRequest.message).toBe(
      `Cannot 'rescue' instance ${id} while it is in vm_state paused`,
    );
    await act({ lock: null });
    for (const body of [{ rescue }, { unrescue: null }])
      expect((await act(body)).json.conflictingRequest.message).toBe(`Instance ${id} is locked`);
    await act({ unlock: null });
    expect((await act({ unrescue: null })).json.conflictingRequest.message).toBe(
      `Cannot 'unrescue' instance ${id} while it is in vm_state paused`,
    );
    expect((await act({ rescue: null }, "reader")).status).toBe(403);
    expect((await act({ rescue: null }, "alt_demo")).status).toBe(404);
  });

  test("of a volume-backed server needs an image with a rescue bus or device, from 2.87 on", async () => {
    const { part, call, id } = await startWithServer({
      image: null,
      volumes: [rootVolume("0199340e-0f3e-4612-96be-6f1861b192b5")],
    });
    const made = async (body: object) =>
      (await call("POST", "/image/v2/images", { body: { name: "rescue", ...body } })).json.id;
    const plain = await made({});
    const stable = await made({ hw_rescue_bus: "virtio", hw_rescue_device: "disk" });
    const rescue = (ref: string | undefined, version: string) =>
      part(
        "POST",
        "action",
        { rescue: ref === undefined ? null : { rescue_image_ref: ref } },
        version,
      );
    for (const [ref, version] of [
      [undefined, "2.87"],
      [plain, "2.87"],
      [stable, "2.86"],
    ]) {
      const refused = await rescue(ref, version);
      expect([refused.status, refused.json.badRequest.message]).toEqual([
        400,
        `Instance ${id} cannot be rescued: Cannot rescue a volume-backed instance`,
      ]);
    }
    expect((await rescue(stable, "2.87")).status).toBe(200);
  });

  test("from a volume snapshot is not supported", async () => {
    const { act, call } = await startWithServer();
    const body = { name: "volumes", block_device_mapping: "[]" };
    const { id } = (await call("POST", "/image/v2/images", { body })).json;
    expect((await act({ rescue: { rescue_image_ref: id } })).status).toBe(400);
  });

  test("is recorded in the instance actions", async () => {
    const { act, part, pass } = await startWithServer();
    await act({ rescue: null });
    pass(1_000);
    await act({ unrescue: null });
    const { instanceActions } = (await part("GET", "os-instance-actions")).json;
    expect(instanceActions.map(({ action }: { action: string }) => action)).toEqual([
      "unrescue",
      "rescue",
    ]);
  });
});

describe("a new password", () => {
  test("is accepted by a running server, with the task updating_password", async () => {
    const { act, shown, pass } = await startWithServer();
    const reply = await act({ changePassword: { adminPass: "secret" } });
    expect([reply.status, reply.text]).toEqual([202, ""]);
    const during = await shown();
    expect([during.status, during["OS-EXT-STS:task_state"]]).toEqual([
      "PASSWORD",
      "updating_password",
    ]);
    pass(500);
    expect((await shown()).status).toBe("ACTIVE");
  });

  test("is refused by a server that is not running, and by a locked one", async () => {
    const { act, id } = await startWithServer({}, "stopped");
    const change = () => act({ changePassword: { adminPass: "secret" } });
    expect((await change()).json.conflictingRequest.message).toBe(
      `Cannot 'changePassword' instance ${id} while it is in vm_state stopped`,
    );
    await act({ lock: null });
    expect((await change()).json.conflictingRequest.message).toBe(`Instance ${id} is locked`);
    for (const bad of [{}, null, { adminPass: 1 }, { adminPass: "x", more: 1 }])
      expect((await act({ changePassword: bad })).status).toBe(400);
  });

  test("is never shown", async () => {
    const { act, part, call, id, table } = await startWithServer();
    await act({ changePassword: { adminPass: "a-very-secret-word" } });
    const shown = await call("GET", `/v2.1/servers/${id}`, { as: "admin" });
    const actions = await part("GET", "os-instance-actions");
    for (const { text } of [shown, actions, await part("GET", "os-server-password")])
      expect(text).not.toContain("a-very-secret-word");
    expect(JSON.stringify(await readItems(table))).not.toContain("a-very-secret-word");
  });
});
