import { describe, expect, test } from "vitest";
import { rootVolume } from "../../support/servers.ts";
import { startWithServer } from "../../support/with-server.ts";

async function startWithBackups(...given: Parameters<typeof startWithServer>) {
  const cloud = await startWithServer(...given);
  const { part, call, pass } = cloud;
  const backUp = (over: object = {}, version = "2.45", as = "demo") =>
    part(
      "POST",
      "action",
      { createBackup: { name: "nightly", backup_type: "daily", rotation: 2, ...over } },
      version,
      as,
    );
  return {
    ...cloud,
    backUp,
    async done(over: object = {}): Promise<string> {
      const { image_id } = (await backUp(over)).json;
      pass(1_000);
      return image_id;
    },
    image: async (id: string) => (await call("GET", `/image/v2/images/${id}`)).json,
    async names() {
      const { images } = (await call("GET", "/image/v2/images?image_type=backup&sort=created_at"))
        .json;
      return images.map(({ name, status }: Record<string, string>) => `${name} ${status}`).sort();
    },
  };
}

describe("a backup", () => {
  test("is listed at once, and active when the server's task ends", async () => {
    const { backUp, image, shown, pass, server } = await startWithBackups();
    const { status, json, headers } = await backUp({ metadata: { mood: "good" } });
    expect([status, Object.keys(json), headers.get("location")]).toEqual([202, ["image_id"], null]);
    expect(await image(json.image_id)).toMatchObject({
      ...{ name: "nightly", status: "queued", visibility: "private", mood: "good" },
      ...{ image_type: "backup", backup_type: "daily", instance_uuid: server.id },
    });
    const seen: unknown[] = [];
    for (const step of [0, 400, 100, 500]) {
      pass(step);
      seen.push([
        (await shown())["OS-EXT-STS:task_state"],
        (await image(json.image_id)).status,
        (await shown()).status,
      ]);
    }
    expect(seen).toEqual([
      ["image_backup", "queued", "ACTIVE"],
      ["image_pending_upload", "queued", "ACTIVE"],
      ["image_uploading", "saving", "ACTIVE"],
      [null, "active", "ACTIVE"],
    ]);
  });

  test("has Nova's image URL in Location until 2.44, unless rotation is 0", async () => {
    const { backUp, at, pass } = await startWithBackups();
    const kept = await backUp({}, "2.44");
    expect([kept.status, kept.text]).toEqual([202, ""]);
    expect(kept.headers.get("location")).toMatch(new RegExp(`^${at}/v2.1/images/[0-9a-f-]{36}$`));
    pass(1_000);
    const fleeting = await backUp({ rotation: 0 }, "2.44");
    expect([fleeting.status, fleeting.headers.get("location")]).toEqual([202, null]);
  });

  test("beyond the rotation deletes the oldest of its type after the new one exists", async () => {
    const { done, backUp, names, call, pass } = await startWithBackups();
    const first = await done({ name: "one" });
    await done({ name: "two" });
    await done({ name: "weekly", backup_type: "weekly" });
    expect(await names()).toEqual(["one active", "two active", "weekly active"]);
    await backUp({ name: "three" });
    pass(999);
    expect(await names()).toEqual(["one active", "three saving", "two active", "weekly active"]);
    pass(1);
    expect(await names()).toEqual(["three active", "two active", "weekly active"]);
    expect((await call("GET", `/image/v2/images/${first}`)).status).toBe(404);
  });

  test("is deleted in every service once rotated out", async () => {
    const { done, call, names } = await startWithBackups();
    const first = await done({ name: "one", rotation: 1 });
    await done({ name: "two", rotation: 1 });
    for (const path of [`/image/v2/images/${first}`, `/v2.1/images/${first}`])
      for (const method of ["GET", "DELETE"])
        expect((await call(method, path)).status, `${method} ${path}`).toBe(404);
    const server = { name: "web", imageRef: first, flavorRef: "1" };
    const refused = await call("POST", "/v2.1/servers", { body: { server } });
    expect(refused.json.badRequest.message).toBe("Can not find requested image");
    expect((await call("GET", "/v2.1/images?type=backup")).json.images).toHaveLength(1);
    await done({ name: "three", rotation: 1 });
    expect(await names()).toEqual(["three active"]);
  });

  test("with rotation 0 ends with its upload, and so do all others", async () => {
    const { done, names } = await startWithBackups();
    await done({ name: "one" });
    await done({ name: "two", rotation: "0" });
    expect(await names()).toEqual([]);
  });

  test("that is still uploading is rotated out once the new one is uploaded", async () => {
    const { done, backUp, names, pass } = await startWithBackups({
      metadata: { "novaless:delay": "60" },
    });
    await done({ name: "one" });
    pass(60_000);
    await backUp({ name: "two", rotation: 1 });
    pass(60_999);
    expect(await names()).toEqual(["one active", "two saving"]);
    pass(1);
    expect(await names()).toEqual(["two active"]);
  });

  test("that is protected stays, and counts", async () => {
    const { done, names, call } = await startWithBackups();
    const first = await done({ name: "one" });
    await call("PATCH", `/image/v2/images/${first}`, {
      headers: { "content-type": "application/openstack-images-v2.1-json-patch" },
      body: [{ op: "replace", path: "/protected", value: true }],
    });
    await done({ name: "two", rotation: 1 });
    expect(await names()).toEqual(["one active", "two active"]);
  });

  test("of another server or another owner stays", async () => {
    const { done, backUp, names, image, pass } = await startWithBackups();
    await done({ name: "one", metadata: { instance_uuid: "another" } });
    const { image_id } = (await backUp({ name: "theirs" }, "2.45", "admin")).json;
    pass(1_000);
    await done({ name: "two", rotation: 1 });
    await done({ name: "three", rotation: 1 });
    expect(await names()).toEqual(["one active", "three active"]);
    expect(await image(image_id)).toMatchObject({
      ...{ name: "theirs", status: "active", visibility: "shared" },
    });
  });

  test("by an administrator counts the backups of all owners", async () => {
    const { done, backUp, names, pass, image, server } = await startWithBackups();
    await done({ name: "one" });
    const { image_id } = (await backUp({ rotation: 1 }, "2.45", "admin")).json;
    pass(1_000);
    expect(await names()).toEqual([]);
    expect((await image(image_id)).instance_owner).toBe(server.project);
  });

  test.each([
    [{ rotation: -1 }],
    [{ rotation: "" }],
    [{ rotation: "one" }],
    [{ rotation: 1.5 }],
    [{ backup_type: 1 }],
    [{ name: "" }],
    [{ metadata: { a: 1 } }],
    [{ more: true }],
  ])("with %j returns 400", async (over) => {
    const { backUp } = await startWithBackups();
    expect((await backUp(over)).status).toBe(400);
  });

  test("of a failed or busy server is refused, of a locked one accepted", async () => {
    const failed = await startWithBackups({}, "error");
    expect((await failed.backUp()).json.conflictingRequest.message).toBe(
      `Cannot 'createBackup' instance ${failed.id} while it is in vm_state error`,
    );
    const { backUp, act, id } = await startWithBackups();
    await act({ lock: null });
    expect((await backUp()).status).toBe(202);
    expect((await backUp()).json.conflictingRequest.message).toBe(
      `Cannot 'createBackup' instance ${id} while it is in task_state image_backup`,
    );
  });

  test("has a metadata limit, until 2.38", async () => {
    const { backUp, names } = await startWithBackups();
    const metadata = Object.fromEntries(Array.from({ length: 129 }, (_, i) => [`k${i}`, "v"]));
    const refused = await backUp({ metadata }, "2.38");
    expect([refused.status, refused.json.forbidden.message]).toEqual([
      403,
      "Image metadata limit exceeded",
    ]);
    expect((await backUp({ metadata }, "2.39")).status).toBe(413);
    expect(await names()).toEqual([]);
  });

  test("of a volume-backed server is refused", async () => {
    const { backUp } = await startWithBackups({
      image: null,
      volumes: [rootVolume("0199340e-0f3e-4612-96be-6f1861b192b5")],
    });
    const refused = await backUp();
    expect([refused.status, refused.json.badRequest.message]).toEqual([
      400,
      "Backup is not supported for volume-backed instances.",
    ]);
  });
});

test("an image inherits the base image's properties except those specific to the base", async () => {
  const { call, part, image, done, pass } = await startWithBackups();
  const base = {
    name: "base",
    disk_format: "raw",
    container_format: "bare",
    os_distro: "debian",
    img_signature: "s",
    bittorrent: "b",
  };
  const { id } = (await call("POST", "/image/v2/images", { body: base })).json;
  const headers = { "content-type": "application/octet-stream" };
  await call("PUT", `/image/v2/images/${id}/file`, { headers, body: "bytes" });
  expect((await part("POST", "action", { rebuild: { imageRef: id } })).status).toBe(202);
  pass(1_000);
  const made = await image(await done());
  expect(made).toMatchObject({ os_distro: "debian", base_image_ref: id });
  expect(made).not.toHaveProperty("img_signature");
  expect(made).not.toHaveProperty("bittorrent");
});
