import { describe, expect, test } from "vitest";
import { seedImages } from "../../../lambdas/image/model/image.ts";
import { type CallOptions, startCloud } from "../../support/cloud.ts";
import { octetStreamHeaders, patchContentType } from "../../support/scenarios/images.ts";
import { seedServer, settledServer } from "../../support/servers.ts";

const computeVersion = (minor: number): CallOptions => ({
  headers: { "openstack-api-version": `compute 2.${minor}` },
});

async function startWithNovaImages(vm: "active" | "stopped" | "error" = "active") {
  const clouded = await startCloud();
  const { call, table } = clouded;
  const server = await seedServer(table, settledServer(vm));
  return {
    ...clouded,
    server,
    snap: (body: object = { name: "snap" }, options: CallOptions = {}) =>
      call("POST", `/v2.1/servers/${server.id}/action`, {
        ...options,
        body: { createImage: body },
      }),
    task: async () =>
      (await call("GET", `/v2.1/servers/${server.id}`)).json.server["OS-EXT-STS:task_state"],
    image: async (id: string) => (await call("GET", `/image/v2/images/${id}`)).json,
  };
}

describe("E-37: a snapshot", () => {
  test("is listed at once, and active when the server's task ends", async () => {
    const { at, snap, task, image, server, pass, call } = await startWithNovaImages();
    const reply = await snap({ name: "snap", metadata: { mood: "good" } });
    expect([reply.status, reply.text]).toEqual([202, ""]);
    const location = reply.headers.get("location") ?? "";
    expect(location).toMatch(new RegExp(`^${at}/image/v2/images/[0-9a-f-]{36}$`));
    const id = location.split("/").at(-1) ?? "";
    expect(await image(id)).toMatchObject({
      ...{ name: "snap", status: "queued", size: null, visibility: "private", mood: "good" },
      ...{ image_type: "snapshot", instance_uuid: server.id, base_image_ref: server.image?.id },
      ...{ user_id: "1d4f6a8c0e2b4d5f97a9c1e3b5d7f021", owner: server.project },
    });
    const seen: unknown[] = [];
    for (const step of [0, 100, 300, 100, 500]) {
      pass(step);
      seen.push([await task(), (await image(id)).status]);
    }
    expect(seen).toEqual([
      ["image_snapshot_pending", "queued"],
      ["image_snapshot", "queued"],
      ["image_pending_upload", "queued"],
      ["image_uploading", "saving"],
      [null, "active"],
    ]);
    expect((await image(id)).size).toBeGreaterThan(0);
    const shown = (await call("GET", `/v2.1/images/${id}`)).json.image;
    expect(shown).toMatchObject({
      status: "ACTIVE",
      progress: 100,
      server: { id: server.id, links: [{ rel: "self" }, { rel: "bookmark" }] },
      metadata: { image_type: "snapshot" },
    });
  });

  test("can be renamed while it is uploaded, and still becomes active", async () => {
    const { snap, image, pass, call } = await startWithNovaImages();
    const { image_id } = (await snap({ name: "snap" }, computeVersion(45))).json;
    for (const [step, name] of [
      [0, "one"],
      [700, "two"],
      [300, "three"],
    ] as const) {
      pass(step);
      await call("PATCH", `/image/v2/images/${image_id}`, {
        headers: { "content-type": patchContentType },
        body: [{ op: "replace", path: "/name", value: name }],
      });
    }
    expect(await image(image_id)).toMatchObject({ name: "three", status: "active" });
    const another = (await snap({ name: "snap" }, computeVersion(45))).json.image_id;
    pass(700);
    await call("PUT", `/image/v2/images/${another}/tags/one`);
    expect((await image(another)).status).toBe("saving");
    pass(300);
    expect((await image(another)).status).toBe("active");
  });

  test("has its id in the body from 2.45 on", async () => {
    const { snap, image } = await startWithNovaImages("stopped");
    const { status, json, headers } = await snap({ name: "snap" }, computeVersion(45));
    expect([status, Object.keys(json), headers.get("location")]).toEqual([202, ["image_id"], null]);
    expect((await image(json.image_id)).name).toBe("snap");
  });

  test("leaves the server unchanged", async () => {
    const { snap, call, server, pass } = await startWithNovaImages("stopped");
    await snap();
    pass(60_000);
    expect((await call("GET", `/v2.1/servers/${server.id}`)).json.server.status).toBe("SHUTOFF");
  });

  test("of a failed or busy server is refused", async () => {
    const { snap, server } = await startWithNovaImages("error");
    const refused = await snap();
    expect([refused.status, refused.json.conflictingRequest.message]).toEqual([
      409,
      `Cannot 'createImage' instance ${server.id} while it is in vm_state error`,
    ]);
    const busy = await startWithNovaImages();
    await busy.snap();
    expect((await busy.snap()).json.conflictingRequest.message).toBe(
      `Cannot 'createImage' instance ${busy.server.id} while it is in task_state image_snapshot_pending`,
    );
    expect((await busy.call("GET", "/v2.1/images?type=snapshot")).json.images).toHaveLength(1);
  });

  test("by an administrator is shared with the server's project", async () => {
    const { snap, call, image } = await startWithNovaImages();
    const { json } = await snap({ name: "snap" }, { ...computeVersion(45), as: "admin" });
    expect(await image(json.image_id)).toMatchObject({ visibility: "shared" });
    expect((await call("DELETE", `/image/v2/images/${json.image_id}`)).status).toBe(403);
  });

  test.each([
    [{}],
    [{ name: "" }],
    [{ name: "x".repeat(256) }],
    [{ name: "x", metadata: { a: 1 } }],
  ])("of %j returns 400", async (body) => {
    const { snap } = await startWithNovaImages();
    expect((await snap(body)).status).toBe(400);
  });

  test("has a metadata limit: Nova's until 2.38, the image's own in all versions", async () => {
    const { snap, call } = await startWithNovaImages();
    const metadata = Object.fromEntries(Array.from({ length: 129 }, (_, i) => [`k${i}`, "v"]));
    const refused = await snap({ name: "x", metadata }, computeVersion(38));
    expect([refused.status, refused.json.forbidden.message]).toEqual([
      403,
      "Image metadata limit exceeded",
    ]);
    expect((await snap({ name: "x", metadata }, computeVersion(39))).status).toBe(413);
    expect((await call("GET", "/v2.1/images?type=snapshot")).json.images).toEqual([]);
    expect((await snap({ name: "x" }, computeVersion(39))).status).toBe(202);
  });
});

describe("a server boots from", () => {
  const order = (imageRef: string) => ({
    body: { server: { name: "web", imageRef, flavorRef: "1" } },
  });

  test("its snapshot, once that is active", async () => {
    const { snap, call, pass } = await startWithNovaImages();
    const { image_id } = (await snap({ name: "snap" }, computeVersion(45))).json;
    expect((await call("POST", "/v2.1/servers", order(image_id))).json.badRequest.message).toBe(
      `Image ${image_id} is not active.`,
    );
    pass(1_000);
    expect((await call("POST", "/v2.1/servers", order(image_id))).status).toBe(202);
    const { images } = (await call("GET", "/v2.1/images/detail?status=ACTIVE&type=snapshot")).json;
    expect(images.map(({ id }: { id: string }) => id)).toEqual([image_id]);
  });

  test("the caller's own image and not from another's", async () => {
    const { call } = await startWithNovaImages();
    const body = { name: "mine", disk_format: "raw", container_format: "bare", min_ram: 9_999 };
    const { id } = (await call("POST", "/image/v2/images", { body })).json;
    await call("PUT", `/image/v2/images/${id}/file`, {
      headers: octetStreamHeaders,
      body: "bytes",
    });
    expect((await call("POST", "/v2.1/servers", order(id))).json.badRequest.message).toBe(
      "Flavor's memory is too small for requested image.",
    );
    const foreign = await call("POST", "/v2.1/servers", { ...order(id), as: "alt_demo" });
    expect(foreign.json.badRequest.message).toBe("Can not find requested image");
  });
});

describe("Nova's image proxy", () => {
  test("exists until 2.35, and its metadata until 2.38", async () => {
    const { call } = await startWithNovaImages();
    const image = `/v2.1/images/${seedImages[0]?.id}`;
    for (const path of ["/v2.1/images", "/v2.1/images/detail", image]) {
      expect((await call("GET", path, computeVersion(35))).status).toBe(200);
      expect((await call("GET", path, computeVersion(36))).json.itemNotFound.message).toBe(
        "The resource could not be found.",
      );
    }
    expect((await call("GET", `${image}/metadata`, computeVersion(38))).json).toEqual({
      metadata: {},
    });
    expect((await call("GET", `${image}/metadata`, computeVersion(39))).status).toBe(404);
    for (const mount of ["/v2/5d8b99310e6c49eaa5413aa659170deb", ""])
      expect((await call("GET", `${mount}/images/detail`)).json.images).toHaveLength(3);
  });

  test.each([
    ["name=snap", 1],
    ["name=cirros-0.6.2-x86_64-disk", 1],
    ["status=SAVING", 0],
    ["status=active", 3],
    ["status=queued", 1],
    ["minDisk=3", 1],
    ["minRam=512", 2],
    ["type=snapshot", 1],
    ["property-mood=good", 1],
    ["property-mood=bad", 0],
    ["changes-since=2026-01-01T00:00:00Z", 1],
    ["limit=2", 2],
    ["nosuch=1", 4],
  ])("lists with %s: %i", async (query, count) => {
    const { snap, call } = await startWithNovaImages();
    await snap({ name: "snap", metadata: { mood: "good" } });
    for (const path of ["/v2.1/images", "/v2.1/images/detail"])
      expect((await call("GET", `${path}?${query}`)).json.images).toHaveLength(count);
  });

  test("lists by server, given by id or URL", async () => {
    const { at, snap, call, server } = await startWithNovaImages();
    await snap();
    for (const reference of [server.id, `${at}/v2.1/servers/${server.id}`])
      expect((await call("GET", `/v2.1/images?server=${reference}`)).json.images).toHaveLength(1);
    expect((await call("GET", "/v2.1/images?server=nosuch")).json.images).toEqual([]);
  });

  test("deletes an image, with the role", async () => {
    const { snap, call } = await startWithNovaImages();
    const { image_id } = (await snap({ name: "snap" }, computeVersion(45))).json;
    expect((await call("DELETE", `/v2.1/images/${image_id}`, { as: "alt_demo" })).status).toBe(404);
    expect((await call("DELETE", `/v2.1/images/${image_id}`)).status).toBe(204);
    expect((await call("DELETE", `/v2.1/images/${image_id}`)).json.itemNotFound.message).toBe(
      "Image not found.",
    );
    const foreign = await call("DELETE", `/v2.1/images/${seedImages[0]?.id}`);
    expect([foreign.status, foreign.json.forbidden.message]).toEqual([
      403,
      "You are not allowed to delete the image.",
    ]);
  });

  test("changes an image's metadata", async () => {
    const { snap, call } = await startWithNovaImages();
    const { image_id } = (await snap({ name: "snap" }, computeVersion(45))).json;
    const metadata = `/v2.1/images/${image_id}/metadata`;
    const replaced = await call("PUT", metadata, { body: { metadata: { a: "1", b: "2" } } });
    expect(replaced.json).toEqual({ metadata: { a: "1", b: "2" } });
    const added = await call("POST", metadata, { body: { metadata: { b: "3", c: "4" } } });
    expect(added.json).toEqual({ metadata: { a: "1", b: "3", c: "4" } });
    expect((await call("PUT", `${metadata}/a`, { body: { meta: { a: "9" } } })).json).toEqual({
      meta: { a: "9" },
    });
    for (const meta of [{ b: "9" }, { a: "9", b: "9" }, {}])
      expect((await call("PUT", `${metadata}/a`, { body: { meta } })).status).toBe(400);
    expect((await call("GET", `${metadata}/a`)).json).toEqual({ meta: { a: "9" } });
    expect((await call("DELETE", `${metadata}/a`)).status).toBe(204);
    expect((await call("GET", `${metadata}/a`)).status).toBe(404);
    expect((await call("DELETE", `${metadata}/a`)).json.itemNotFound.message).toBe(
      "Invalid metadata key",
    );
    const foreign = await call("POST", `/v2.1/images/${seedImages[0]?.id}/metadata`, {
      body: { metadata: { a: "1" } },
    });
    expect(foreign.status).toBe(403);
  });
});
