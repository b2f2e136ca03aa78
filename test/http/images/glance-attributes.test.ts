import { describe, expect, test } from "vitest";
import { seedImages } from "../../../lambdas/image/model/image.ts";
import { glance, messageIn, startWithImages } from "../../support/glance.ts";

describe("the attributes of an image", () => {
  test.each([
    [{ id: "x" }, 400, "Provided object does not match schema &#x27;image&#x27;"],
    [{ disk_format: "floppy" }, 400, "&#x27;floppy&#x27; is not one of [None, &#x27;ami&#x27;"],
    [{ min_disk: -1 }, 400, "Cannot be a negative value"],
    [{ os: 1 }, 400, "1 is not of type &#x27;string&#x27;"],
    [{ self: "/x" }, 403, "Attribute &#x27;self&#x27; is read-only."],
    [{ status: "active" }, 403, "Attribute &#x27;status&#x27; is read-only."],
    [{ deleted: "true" }, 403, "Attribute &#x27;deleted&#x27; is reserved."],
    [{ os_glance_x: "y" }, 403, "Attribute &#x27;os_glance_x&#x27; is reserved."],
    [{ visibility: "public" }, 403, "You are not authorized to complete publicize_image action."],
    [{ owner: "other" }, 403, "You are not permitted to create images owned by &#x27;other&#x27;"],
    [{ id: seedImages[0]?.id }, 409, `Image ID ${seedImages[0]?.id} already exists!`],
  ])("a create with %j is %i", async (body, status, text) => {
    const { call } = await startWithImages();
    const reply = await call("POST", glance, { body });
    expect([reply.status, reply.headers.get("content-type")]).toEqual([
      status,
      "text/html; charset=UTF-8",
    ]);
    expect(reply.text).toContain(text);
  });

  test("a patch applies all changes or none", async () => {
    const { create, patch, call } = await startWithImages();
    const id = await create({ name: "one", os: "linux" });
    const reply = await patch(id, [
      { op: "replace", path: "/name", value: "two" },
      { op: "replace", path: "/tags", value: ["b", "a", "b"] },
      { op: "add", path: "/a~1b", value: "slash" },
      { op: "remove", path: "/os" },
    ]);
    expect(reply.json).toMatchObject({ name: "two", tags: ["a", "b"], "a/b": "slash" });
    expect(reply.json).not.toHaveProperty("os");
    const refused = await patch(id, [
      { op: "replace", path: "/name", value: "three" },
      { op: "remove", path: "/nosuch" },
    ]);
    expect([refused.status, messageIn(refused.text)]).toEqual([
      409,
      "Property nosuch does not exist.",
    ]);
    expect((await call("GET", `${glance}/${id}`)).json.name).toBe("two");
  });

  test.each([
    [[{ op: "replace", path: "/id", value: "x" }], 403],
    [[{ op: "replace", path: "/status", value: "active" }], 403],
    [[{ op: "replace", path: "/owner", value: "x" }], 403],
    [[{ op: "replace", path: "/visibility", value: "public" }], 403],
    [[{ op: "replace", path: "/visibility", value: "nobody" }], 400],
    [[{ op: "remove", path: "/name" }], 403],
    [[{ op: "replace", path: "/nosuch", value: "x" }], 409],
    [[{ op: "add", path: "/locations/-", value: {} }], 403],
    [[{ op: "add", path: "/tags/-", value: "x" }], 400],
    [[{ op: "add", path: "/x" }], 400],
    [[{ op: "move", path: "/x" }], 400],
    [[{ op: "add", path: "x", value: "y" }], 400],
    [[{ op: "add", path: "/x~2", value: "y" }], 400],
    [[{ op: "add", value: "y" }], 400],
    [["add"], 400],
    [{ op: "add" }, 400],
  ])("a patch of %j is %i", async (changes, status) => {
    const { create, patch, call } = await startWithImages();
    const id = await create({});
    const before = (await call("GET", `${glance}/${id}`)).text;
    expect((await patch(id, changes)).status).toBe(status);
    expect((await call("GET", `${glance}/${id}`)).text).toBe(before);
  });

  test("a patch needs the JSON patch media type", async () => {
    const { create, call } = await startWithImages();
    const reply = await call("PATCH", `${glance}/${await create({})}`, { body: [] });
    expect(reply.status).toBe(415);
  });

  test("the formats of an image with data cannot change", async () => {
    const { create, upload, patch } = await startWithImages();
    const id = await create({});
    const change = [{ op: "replace", path: "/disk_format", value: "qcow2" }];
    expect((await patch(id, change)).status).toBe(200);
    await upload(id, "bytes");
    expect(messageIn((await patch(id, change)).text)).toBe(
      "Attribute disk_format can be only replaced for a queued image.",
    );
  });

  test("tags are added and removed", async () => {
    const { create, call } = await startWithImages();
    const id = await create({ tags: ["b"] });
    for (const _ of [1, 2]) expect((await call("PUT", `${glance}/${id}/tags/a`)).status).toBe(204);
    expect((await call("GET", `${glance}/${id}`)).json.tags).toEqual(["a", "b"]);
    expect((await call("DELETE", `${glance}/${id}/tags/b`)).status).toBe(204);
    expect((await call("DELETE", `${glance}/${id}/tags/b`)).status).toBe(404);
    expect((await call("PUT", `${glance}/${id}/tags/${"x".repeat(256)}`)).status).toBe(400);
  });

  test("the size of an image's attributes is limited", async () => {
    const { create, patch } = await startWithImages();
    const id = await create({});
    const many = (count: number) =>
      Array.from({ length: count }, (_, i) => ({ op: "add", path: `/p${i}`, value: "x" }));
    expect((await patch(id, many(128))).status).toBe(200);
    expect((await patch(id, many(129))).status).toBe(413);
    const large = [{ op: "add", path: "/p1", value: "x".repeat(90_000) }];
    expect((await patch(id, large)).status).toBe(200);
    expect((await patch(id, [{ ...large[0], path: "/p2" }])).status).toBe(200);
    const wide = [{ op: "add", path: "/p3", value: "\u4e2d".repeat(30_000) }];
    expect((await patch(id, wide)).status).toBe(200);
    expect((await patch(id, [{ ...wide[0], path: "/p4" }])).status).toBe(413);
  });
});
