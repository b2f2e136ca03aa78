import { describe, expect, test } from "vitest";
import { seedImages } from "../../../lambdas/image/model/image.ts";
import { computeVersion, startWithNovaImages } from "../../support/nova-images.ts";
import { octetStreamHeaders } from "../../support/scenarios/images.ts";

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
