import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { formatMembers, glance, messageIn, startWithImages } from "../../support/glance.ts";
import { octetStreamHeaders } from "../../support/scenarios/images.ts";

describe("the life of an image", () => {
  test("an image is queued after create, active after upload, and its data can be downloaded", async () => {
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
