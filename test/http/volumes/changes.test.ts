import fc from "fast-check";
import { expect, test } from "vitest";
import { volumeStatuses } from "../../../lambdas/volume/model/volume.ts";
import { startCloud } from "../../support/cloud.ts";
import { cinderClient } from "../../support/volumes.ts";

const server = "0199340e-0f3e-4612-96be-6f1861b192b5";

test("extending a volume changes only its size", async () => {
  const here = await startCloud();
  const { volume, act, show } = cinderClient(here);
  const { id } = await volume();
  expect(await act(id, { "os-extend": { new_size: 1 } })).toEqual({
    status: 400,
    message:
      "Invalid input received: New size for extend must be greater than current size. (current: 1, extended: 1).",
  });
  expect(await act(id, { "os-extend": { new_size: 4 } })).toBeNull();
  expect(await show("volume", id)).toMatchObject({ status: "extending", size: 1 });
  expect((await act(id, { "os-extend": { new_size: 5 } }))?.message).toContain(
    "status must be '{'status': 'available'}' to extend, currently extending.",
  );
  here.pass(500);
  expect(await show("volume", id)).toMatchObject({ status: "available", size: 4 });
});

test("retyping a volume changes its type and with it multiattach", async () => {
  const here = await startCloud();
  const { volume, act, show, make } = cinderClient(here);
  await make("volume_type", { name: "multi", extra_specs: { multiattach: "<is> True" } }, "admin");
  const { id } = await volume();
  expect((await act(id, { "os-retype": { new_type: "lvmdriver-1" } }))?.status).toBe(400);
  expect(
    await act(id, { "os-retype": { new_type: "multi", migration_policy: "never" } }),
  ).toBeNull();
  here.pass(500);
  expect(await show("volume", id)).toMatchObject({ volume_type: "multi", multiattach: true });
});

test("attachments take a volume from reserved through attaching to in-use, and back", async () => {
  const here = await startCloud();
  const { volume, make, ask, statusOf, remove, show } = cinderClient(here);
  const { id } = await volume();
  const attachment = await make("attachment", { volume_uuid: id, instance_uuid: server });
  expect([attachment.status, attachment.instance, await statusOf(id)]).toEqual([
    "reserved",
    server,
    "reserved",
  ]);
  expect(await make("attachment", { volume_uuid: id })).toEqual({
    status: 400,
    message: `Invalid volume: Volume ${id} status must be available or downloading to reserve, but the current status is reserved.`,
  });
  const at = `/attachments/${attachment.id}`;
  const connector = { host: "h", mountpoint: "/dev/vdb", mode: "rw" };
  const reply = await ask("PUT", at, { body: { attachment: { connector } } });
  expect(reply.json.attachment).toMatchObject({
    status: "attaching",
    attach_mode: "rw",
    connection_info: { driver_volume_type: "fake", attachment_id: attachment.id },
  });
  expect((await ask("POST", `${at}/action`, { body: { "os-complete": {} } })).status).toBe(204);
  expect(await show("volume", id)).toMatchObject({
    status: "in-use",
    metadata: { attached_mode: "rw" },
    attachments: [
      { attachment_id: attachment.id, server_id: server, device: "/dev/vdb", volume_id: id },
    ],
  });
  expect((await remove(`/volumes/${id}`))?.message).toMatch(
    /^Invalid volume: Volume status must be available or error or .* must not be migrating, attached,/,
  );
  expect(await remove(at)).toEqual({
    status: 409,
    message: `Detach volume from instance ${server} using the Compute API`,
  });
  for (const path of ["/attachments", "/attachments/detail", `/attachments?volume_id=${id}`])
    expect((await ask("GET", path)).json.attachments).toHaveLength(1);
  expect((await ask("GET", "/attachments", { minor: 26 })).status).toBe(404);
});

test("of concurrent reservations of one volume one succeeds", async () => {
  const { volume, make } = cinderClient(await startCloud());
  const { id } = await volume();
  const all = await Promise.all(
    Array.from({ length: 8 }, () => make("attachment", { volume_uuid: id })),
  );
  expect(all.filter(({ volume_id }) => volume_id === id)).toHaveLength(1);
  expect(all.filter(({ status }) => status === 400)).toHaveLength(7);
});

test("a volume with a snapshot is deleted only with cascade", async () => {
  const here = await startCloud();
  const { volume, make, remove, ask, show, statusOf } = cinderClient(here);
  const { id } = await volume();
  const snapshot = await make("snapshot", { volume_id: id, name: "s", description: "d" });
  expect(snapshot).toMatchObject({ status: "creating", size: 1, volume_id: id });
  here.pass(500);
  expect(await show("snapshot", snapshot.id)).toMatchObject({
    status: "available",
    "os-extended-snapshot-attributes:progress": "100%",
  });
  expect((await remove(`/volumes/${id}`))?.message).toContain("have snapshots");
  expect(await remove(`/volumes/${id}?cascade=true`)).toBeNull();
  expect(await statusOf(id)).toBe("deleting");
  here.pass(500);
  expect((await show("snapshot", snapshot.id)).status).toBe(404);
  expect((await ask("GET", "/snapshots/detail")).json.snapshots).toEqual([]);
});

test("a snapshot of a volume in use needs force, up to 3.65", async () => {
  const here = await startCloud();
  const { volume, act, ask } = cinderClient(here);
  const { id } = await volume();
  await act(id, { "os-attach": { instance_uuid: server, mountpoint: "/dev/vdb" } });
  const snapshot = (minor: number, over = {}) =>
    ask("POST", "/snapshots", { minor, body: { snapshot: { volume_id: id, ...over } } });
  expect((await snapshot(65)).json.badRequest.message).toBe(
    `Invalid volume: Volume ${id} status must be available, but current status is: in-use.`,
  );
  expect((await snapshot(65, { force: true })).status).toBe(202);
  expect((await snapshot(66)).status).toBe(202);
  expect((await snapshot(66, { force: false })).status).toBe(400);
});

test("metadata of volumes and snapshots is merged, replaced, shown and deleted", async () => {
  const here = await startCloud();
  const { volume, make, ask } = cinderClient(here);
  const { id } = await volume();
  const snapshot = await make("snapshot", { volume_id: id });
  here.pass(500);
  for (const [what, at] of [
    ["Volume", `/volumes/${id}`],
    ["Snapshot", `/snapshots/${snapshot.id}`],
  ]) {
    const meta = `${at}/metadata`;
    const messageOf = async (method: string, path: string, body?: object) =>
      (await ask(method, path, { body })).json;
    expect(await messageOf("POST", meta, { metadata: { a: "1", b: "2" } })).toEqual({
      metadata: { a: "1", b: "2" },
    });
    expect(await messageOf("PUT", `${meta}/b`, { meta: { b: "3" } })).toEqual({ meta: { b: "3" } });
    expect(await messageOf("PUT", `${meta}/b`, { meta: { c: "3" } })).toMatchObject({
      badRequest: { message: "Request body and URI mismatch" },
    });
    expect((await ask("DELETE", `${meta}/a`)).status).toBe(200);
    expect(await messageOf("GET", meta)).toEqual({ metadata: { b: "3" } });
    expect(await messageOf("GET", `${meta}/a`)).toEqual({
      itemNotFound: {
        code: 404,
        message: `${what} ${at?.split("/").at(-1)} has no metadata with key a.`,
      },
    });
    expect(await messageOf("PUT", meta, { metadata: {} })).toEqual({ metadata: {} });
  }
});

test("only an administrator resets a status, and only to a known one", async () => {
  const { volume, act, statusOf } = cinderClient(await startCloud());
  const { id } = await volume();
  const reset = (status: string, as = "admin") => act(id, { "os-reset_status": { status } }, as);
  expect((await reset("error", "demo"))?.status).toBe(403);
  expect((await reset("purple"))?.status).toBe(400);
  expect((await reset("in-use"))?.status).toBe(400);
  expect(await reset("ERROR")).toBeNull();
  expect(await statusOf(id)).toBe("error");
  expect(await act(id, { "os-force_delete": {} }, "admin")).toBeNull();
  expect(await act(id, { "os-fly": {} })).toEqual({
    status: 400,
    message: "There is no such action: os-fly",
  });
});

test("uploading a volume as an image returns it to its previous status", async () => {
  const here = await startCloud();
  const { volume, ask, statusOf } = cinderClient(here);
  const { id } = await volume();
  const body = { "os-volume_upload_image": { image_name: "i", disk_format: "qcow2" } };
  const reply = await ask("POST", `/volumes/${id}/action`, { body });
  const uploaded = reply.json["os-volume_upload_image"];
  expect([reply.status, uploaded.status, uploaded.image_name]).toEqual([202, "uploading", "i"]);
  expect(await statusOf(id)).toBe("uploading");
  here.pass(500);
  expect(await statusOf(id)).toBe("available");
  const image = (await here.call("GET", `/image/v2/images/${uploaded.image_id}`)).json;
  expect([image.status, image.disk_format]).toEqual(["active", "qcow2"]);
});

test("property: after any requests a volume has a Cinder status, and no response is a 5xx", async () => {
  const here = await startCloud();
  const { volume, ask } = cinderClient(here);
  const action = (name: string, body: object | null = {}) => ["POST", "/action", { [name]: body }];
  const anything = fc.constantFrom<readonly unknown[]>(
    action("os-reserve"),
    action("os-unreserve"),
    action("os-begin_detaching"),
    action("os-roll_detaching"),
    action("os-attach", { instance_uuid: server, mountpoint: "/dev/vdb" }),
    action("os-detach", null),
    action("os-extend", { new_size: 2 }),
    action("os-retype", { new_type: "lvmdriver-1" }),
    action("os-volume_upload_image", { image_name: "i", force: true }),
    action("os-reset_status", { status: "available", attach_status: "detached" }),
    action("os-reset_status", { status: "error", attach_status: "detached" }),
    action("os-set_bootable", { bootable: "yes" }),
    action("os-update_readonly_flag", { readonly: true }),
    action("os-force_detach"),
    ["DELETE", "", undefined],
    ["PUT", "", { volume: { name: "n" } }],
  );
  const step = fc.tuple(anything, fc.constantFrom("demo", "admin"), fc.constantFrom(0, 200, 500));
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const { id } = await volume();
      for (const [[method, path, body], as, wait] of steps) {
        const options = { as, ...(body !== undefined && { body }) };
        const reply = await ask(String(method), `/volumes/${id}${path}`, options);
        expect(reply.status).toBeLessThan(500);
        const seen = await ask("GET", `/volumes/${id}`);
        if (seen.status === 200) {
          const { status, attachments } = seen.json.volume;
          expect(volumeStatuses).toContain(status);
          if (status === "available") expect(attachments).toEqual([]);
        }
        here.pass(wait);
      }
      await ask("POST", `/volumes/${id}/action`, {
        as: "admin",
        body: { "os-reset_status": { status: "available", attach_status: "detached" } },
      });
      await ask("DELETE", `/volumes/${id}`);
      here.pass(1_000);
    }),
    { numRuns: 25 },
  );
}, 60_000);
