import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { seedImages } from "../../../lambdas/image/model/image.ts";
import { type CallOptions, startCloud } from "../../support/cloud.ts";
import { octetStreamHeaders, patchContentType } from "../../support/scenarios/images.ts";

const glance = "/image/v2/images";
const formatMembers = { disk_format: "raw", container_format: "bare" };

async function startWithImages() {
  const clouded = await startCloud();
  const { call } = clouded;
  return {
    ...clouded,
    create: async (body: object, options: CallOptions = {}) =>
      (await call("POST", glance, { ...options, body: { ...formatMembers, ...body } })).json
        .id as string,
    patch: (id: string, changes: unknown, options: CallOptions = {}) =>
      call("PATCH", `${glance}/${id}`, {
        ...options,
        body: changes,
        headers: { "content-type": patchContentType },
      }),
    upload: (id: string, bytes: string | Uint8Array, options: CallOptions = {}) =>
      call("PUT", `${glance}/${id}/file`, { ...options, headers: octetStreamHeaders, body: bytes }),
    status: async (id: string) => (await call("GET", `${glance}/${id}`)).json.status as string,
    names: async (query: string, options: CallOptions = {}) =>
      (await call("GET", `${glance}?${query}`, options)).json.images.map(
        ({ name }: { name: string }) => name,
      ) as string[],
  };
}

/** The sentence in WebOb's page. */
const messageIn = (page: string) => /<\/h1>\n {2}(.*?)<br \/>/.exec(page)?.[1];

describe("the life of an image", () => {
  test("it is queued after create, active after upload, and its data can be downloaded", async () => {
    const { at, call, create, token, upload } = await startWithImages();
    const reply = await call("POST", glance, {
      body: { ...formatMembers, name: "mine", os: "linux" },
    });
    expect([reply.status, reply.headers.get("location")]).toEqual([
      201,
      `${at}${glance}/${reply.json.id}`,
    ]);
    expect(reply.json).toEqual({
      ...{ os: "linux", name: "mine", disk_format: "raw", container_format: "bare" },
      ...{ visibility: "shared", size: null, virtual_size: null, status: "queued" },
      ...{ checksum: null, protected: false, min_ram: 0, min_disk: 0, os_hidden: false },
      ...{ owner: "5d8b99310e6c49eaa5413aa659170deb", os_hash_algo: null, os_hash_value: null },
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      ...{ created_at: "2026-01-15T12:00:00Z", updated_at: "2026-01-15T12:00:00Z", tags: [] },
      self: `/v2/images/${reply.json.id}`,
      file: `/v2/images/${reply.json.id}/file`,
      schema: "/v2/schemas/image",
    });
    expect((await call("GET", `${glance}/${reply.json.id}/file`)).status).toBe(204);

    const bytes = Uint8Array.from({ length: 1_000 }, (_, i) => i % 256);
    expect((await upload(reply.json.id, bytes)).status).toBe(204);
    expect((await call("GET", `${glance}/${reply.json.id}`)).json).toMatchObject({
      status: "active",
      size: 1_000,
      checksum: createHash("md5").update(bytes).digest("hex"),
      os_hash_algo: "sha512",
      os_hash_value: createHash("sha512").update(bytes).digest("hex"),
    });
    const file = await fetch(`${at}${glance}/${reply.json.id}/file`, {
      headers: { "x-auth-token": await token() },
    });
    expect(file.headers.get("content-type")).toBe("application/octet-stream");
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(bytes);

    const again = await upload(reply.json.id, "more");
    expect([again.status, messageIn(again.text)]).toEqual([
      409,
      "Image status transition from active to saving is not allowed",
    ]);
    const formless = await create({ disk_format: null, container_format: null });
    const refused = await upload(formless, "bytes");
    expect([refused.status, messageIn(refused.text)]).toEqual([
      400,
      "Properties disk_format, container_format must be set prior to saving data.",
    ]);
    expect((await call("DELETE", `${glance}/${formless}`)).status).toBe(204);
    expect((await call("GET", `${glance}/${formless}`)).status).toBe(404);
  });

  test("of concurrent uploads one succeeds", async () => {
    const { create, upload, call } = await startWithImages();
    const id = await create({});
    const replies = await Promise.all(["a", "bb", "ccc", "dddd"].map((one) => upload(id, one)));
    expect(replies.map(({ status }) => status).sort()).toEqual([204, 409, 409, 409]);
    const won = replies.findIndex(({ status }) => status === 204) + 1;
    expect((await call("GET", `${glance}/${id}`)).json.size).toBe(won);
    expect((await call("GET", `${glance}/${id}/file`)).text).toHaveLength(won);
  });

  test("an image may be as large as the gateway allows, other bodies may not", async () => {
    const { create, upload, call } = await startWithImages();
    const id = await create({});
    expect((await upload(id, new Uint8Array(9_000_000))).status).toBe(204);
    const shown = await call("GET", `${glance}/${id}`);
    expect([shown.json.status, shown.json.size]).toEqual(["active", 9_000_000]);
    // The data is not stored, so Glance returns 204.
    expect((await call("GET", `${glance}/${id}/file`)).status).toBe(204);
    expect((await upload(await create({}), new Uint8Array(11_000_000))).status).toBe(413);
    const name = "x".repeat(200_000);
    expect((await call("POST", glance, { body: { name } })).status).toBe(413);
  });

  test("data is sent as application/octet-stream", async () => {
    const { create, call } = await startWithImages();
    const id = await create({});
    expect((await call("PUT", `${glance}/${id}/file`, { body: "{}" })).status).toBe(415);
  });

  test("staged data is imported", async () => {
    const { create, call, status } = await startWithImages();
    const id = await create({});
    const method = { method: { name: "glance-direct" } };
    expect((await call("POST", `${glance}/${id}/import`, { body: method })).status).toBe(409);
    const staged = { headers: octetStreamHeaders, body: "bytes" };
    expect((await call("PUT", `${glance}/${id}/stage`, staged)).status).toBe(204);
    expect(await status(id)).toBe("uploading");
    const foreign = { method: { name: "web-download", uri: "http://nowhere" } };
    expect((await call("POST", `${glance}/${id}/import`, { body: foreign })).status).toBe(400);
    expect((await call("POST", `${glance}/${id}/import`, { body: method })).status).toBe(202);
    expect(await status(id)).toBe("active");
    expect((await call("GET", `${glance}/${id}/file`)).text).toBe("bytes");
  });

  test("a deactivated image cannot be downloaded", async () => {
    const { create, upload, call, status } = await startWithImages();
    const id = await create({});
    const early = await call("POST", `${glance}/${id}/actions/deactivate`);
    expect([early.status, messageIn(early.text)]).toEqual([
      403,
      "Not allowed to deactivate image in status &#x27;queued&#x27;",
    ]);
    await upload(id, "bytes");
    for (const _ of [1, 2])
      expect((await call("POST", `${glance}/${id}/actions/deactivate`)).status).toBe(204);
    expect(await status(id)).toBe("deactivated");
    expect((await call("GET", `${glance}/${id}/file`)).status).toBe(403);
    expect((await call("POST", `${glance}/${id}/actions/reactivate`)).status).toBe(204);
    expect((await call("GET", `${glance}/${id}/file`)).text).toBe("bytes");
  });
});

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

describe("the owner of an image", () => {
  const other = { as: "alt_demo" };

  test("others' private images are not found, and their public ones cannot be changed", async () => {
    const { create, call, patch } = await startWithImages();
    const id = await create({ name: "mine" });
    for (const [method, path] of [
      ["GET", ""],
      ["GET", "/file"],
      ["DELETE", ""],
      ["PUT", "/tags/x"],
      ["GET", "/members"],
    ] as const) {
      const reply = await call(method, `${glance}/${id}${path}`, other);
      expect([reply.status, messageIn(reply.text)]).toEqual([404, `No image found with ID ${id}`]);
    }
    expect((await call("GET", `${glance}/${id}`, { as: "admin" })).status).toBe(200);
    const theirs = await patch(seedImages[0]?.id ?? "", [{ op: "add", path: "/x", value: "y" }]);
    expect([theirs.status, messageIn(theirs.text)]).toEqual([403, "You do not own this image"]);
    expect((await call("DELETE", `${glance}/${seedImages[0]?.id}`)).status).toBe(403);
    expect((await call("POST", glance, { as: "reader", body: {} })).status).toBe(403);
  });

  test("a protected image cannot be deleted", async () => {
    const { create, call, patch } = await startWithImages();
    const id = await create({ protected: true });
    const refused = await call("DELETE", `${glance}/${id}`);
    expect([refused.status, messageIn(refused.text)]).toEqual([
      403,
      `Image ${id} is protected and cannot be deleted.`,
    ]);
    await patch(id, [{ op: "replace", path: "/protected", value: false }]);
    expect((await call("DELETE", `${glance}/${id}`)).status).toBe(204);
  });

  test("a shared image is listed for members who accept it", async () => {
    const { create, call, names } = await startWithImages();
    const id = await create({ name: "mine" });
    const alt = "b72dc11461c84102b97576ae24d2b88c";
    const members = `${glance}/${id}/members`;
    const added = await call("POST", members, { body: { member: alt } });
    expect([added.status, added.json]).toEqual([
      200,
      {
        member_id: alt,
        image_id: id,
        status: "pending",
        created_at: "2026-01-15T12:00:00Z",
        updated_at: "2026-01-15T12:00:00Z",
        schema: "/v2/schemas/member",
      },
    ]);
    expect((await call("POST", members, { body: { member: alt } })).status).toBe(409);
    expect((await call("GET", `${glance}/${id}`, other)).status).toBe(200);
    expect(await names("visibility=shared", other)).toEqual([]);
    expect(await names("visibility=shared&member_status=all", other)).toEqual(["mine"]);
    const accept = { body: { status: "accepted" } };
    expect((await call("PUT", `${members}/${alt}`, accept)).status).toBe(403);
    expect((await call("PUT", `${members}/${alt}`, { ...accept, ...other })).status).toBe(200);
    expect(await names("visibility=shared", other)).toEqual(["mine"]);
    expect((await call("GET", `${members}/${alt}`)).json.status).toBe("accepted");
    expect((await call("GET", members)).json.members).toHaveLength(1);
    const bad = await call("PUT", `${members}/${alt}`, { body: { status: "x" }, ...other });
    expect(bad.status).toBe(400);
    expect((await call("DELETE", `${members}/${alt}`)).status).toBe(204);
    expect((await call("GET", `${glance}/${id}`, other)).status).toBe(404);
    const hidden = await create({ visibility: "private" });
    expect(
      (await call("POST", `${glance}/${hidden}/members`, { body: { member: alt } })).status,
    ).toBe(403);
  });
});

describe("errors", () => {
  test("are WebOb's HTML pages, or JSON for clients that accept nothing else", async () => {
    const { call } = await startWithImages();
    const page = await call("GET", `${glance}/nosuch`);
    expect(page.headers.get("content-type")).toBe("text/html; charset=UTF-8");
    expect(page.text).toBe(`<html>
 <head>
  <title>404 Not Found</title>
 </head>
 <body>
  <h1>404 Not Found</h1>
  No image found with ID nosuch<br /><br />



 </body>
</html>`);
    const json = await call("GET", `${glance}/nosuch`, { headers: { accept: "application/json" } });
    expect(json.json).toEqual({
      message: "No image found with ID nosuch<br /><br />\n\n\n",
      code: "404 Not Found",
      title: "Not Found",
    });
  });
});
