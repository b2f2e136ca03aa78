import { describe, expect, test } from "vitest";
import { startWithServer } from "../../support/with-server.ts";

const tagNames = (count: number) =>
  Array.from({ length: count }, (_, i) => `tag${String(i).padStart(2, "0")}`);

async function startWithTags(tags: readonly string[] = [], vm: "active" | "error" = "active") {
  const cloud = await startWithServer({ tags }, vm);
  return {
    ...cloud,
    tag: (method: string, path = "", body?: unknown) =>
      cloud.part(method, `tags${path}`, body, "2.26"),
  };
}

describe("E-36: the tags of a server", () => {
  test("adding a new tag returns 201 with Location, adding an existing one 204", async () => {
    const { tag, at, id } = await startWithTags();
    const added = await tag("PUT", "/red");
    expect([added.status, added.text, added.headers.get("location")]).toEqual([
      201,
      "",
      `${at}/v2.1/servers/${id}/tags/red`,
    ]);
    const again = await tag("PUT", "/red", null);
    expect([again.status, again.text, again.headers.get("location")]).toEqual([204, "", null]);
    expect((await tag("PUT", "/blue")).status).toBe(201);
    expect((await tag("GET")).json).toEqual({ tags: ["blue", "red"] });
  });

  test("one tag is checked and deleted by its name", async () => {
    const { tag, id } = await startWithTags(["red"]);
    expect([(await tag("GET", "/red")).status, (await tag("GET", "/red")).text]).toEqual([204, ""]);
    expect((await tag("DELETE", "/red")).status).toBe(204);
    expect((await tag("GET", "/red")).json.itemNotFound.message).toBe(
      `Server ${id} has no tag 'red'`,
    );
    expect((await tag("DELETE", "/red")).json.itemNotFound.message).toBe(
      `Instance ${id} has no tag 'red'`,
    );
    expect((await tag("GET")).json).toEqual({ tags: [] });
  });

  test("all tags are replaced, and all are deleted", async () => {
    const { tag } = await startWithTags(["red"]);
    const replaced = await tag("PUT", "", { tags: ["b", "a", "b"] });
    expect([replaced.status, replaced.json]).toEqual([200, { tags: ["a", "b"] }]);
    expect((await tag("GET")).json).toEqual({ tags: ["a", "b"] });
    const deleted = await tag("DELETE");
    expect([deleted.status, deleted.text]).toEqual([204, ""]);
    expect((await tag("GET")).json).toEqual({ tags: [] });
    expect((await tag("DELETE")).status).toBe(204);
    expect((await tag("PUT", "", { tags: [] })).json).toEqual({ tags: [] });
  });

  test("a server with fifty tags accepts no further tag, and no existing one", async () => {
    const { tag } = await startWithTags(tagNames(49));
    expect((await tag("PUT", "/last")).status).toBe(201);
    for (const path of ["/more", "/tag00"])
      expect((await tag("PUT", path)).json).toEqual({
        badRequest: { message: "The number of tags exceeded the per-server limit 50", code: 400 },
      });
    expect((await tag("PUT", "", { tags: tagNames(51) })).status).toBe(400);
    expect((await tag("PUT", "", { tags: tagNames(50) })).json.tags).toEqual(tagNames(50));
  });

  test("a tag has 1 to 60 characters, without comma and slash", async () => {
    const { tag } = await startWithTags();
    const long = "é".repeat(60);
    expect((await tag("PUT", `/${encodeURIComponent(long)}`)).status).toBe(201);
    expect((await tag("GET", `/${encodeURIComponent(long)}`)).status).toBe(204);
    expect((await tag("GET")).json).toEqual({ tags: [long] });
    for (const [name, reason] of [
      ["a,b", "'a,b' does not match '^[^,/]*$'"],
      ["a/b", "'a/b' does not match '^[^,/]*$'"],
      ["a".repeat(61), `'${"a".repeat(61)}' is too long`],
    ] as const) {
      expect((await tag("PUT", `/${encodeURIComponent(name)}`)).json.badRequest.message).toBe(
        `Tag '${name}' is invalid. It must be a non empty string without characters '/' and ','. Validation error message: ${reason}`,
      );
      expect((await tag("PUT", "", { tags: [name] })).status).toBe(400);
    }
    for (const body of [{ tags: [1] }, { tags: [""] }, { tags: "a" }, {}, { tags: [], zz: 1 }])
      expect((await tag("PUT", "", body)).status).toBe(400);
    expect((await tag("PUT", "/red", { red: 1 })).status).toBe(400);
  });

  test("a server in error keeps its tags", async () => {
    const { tag, id } = await startWithTags(["red"], "error");
    for (const [method, path, body, verb] of [
      ["PUT", "/blue", undefined, "update tag"],
      ["PUT", "", { tags: ["blue"] }, "update tags"],
      ["DELETE", "/red", undefined, "delete tag"],
      ["DELETE", "", undefined, "delete tags"],
    ] as const)
      expect((await tag(method, path, body)).json).toEqual({
        conflictingRequest: {
          message: `Cannot '${verb}' instance ${id} while it is in vm_state error`,
          code: 409,
        },
      });
    expect((await tag("GET")).json).toEqual({ tags: ["red"] });
  });

  test("tags do not exist before 2.26, for other projects, or for unknown servers", async () => {
    const { part, call, id } = await startWithTags(["red"]);
    for (const method of ["GET", "PUT", "DELETE"])
      for (const path of ["tags", "tags/red"])
        expect((await part(method, path, undefined, "2.25")).json.itemNotFound.message).toBe(
          "The resource could not be found.",
        );
    const headers = { "openstack-api-version": "compute 2.26" };
    for (const [server, as] of [
      [id, "alt_demo"],
      ["nobody", "demo"],
    ] as const)
      for (const [method, path] of [
        ["GET", "/tags"],
        ["GET", "/tags/red"],
        ["PUT", "/tags/blue"],
        ["PUT", "/tags/a,b"],
        ["DELETE", "/tags/red"],
        ["DELETE", "/tags"],
      ] as const)
        expect((await call(method, `/v2.1/servers/${server}${path}`, { as, headers })).status).toBe(
          404,
        );
    expect((await part("PUT", "tags/blue", undefined, "2.26", "reader")).status).toBe(403);
    expect((await part("PUT", "tags/blue", undefined, "2.26", "admin")).status).toBe(201);
  });

  test("concurrently added tags are all kept, up to the limit", async () => {
    const { tag } = await startWithTags(tagNames(44));
    const replies = await Promise.all(Array.from({ length: 10 }, (_, i) => tag("PUT", `/new${i}`)));
    const { tags } = (await tag("GET")).json;
    expect(tags).toHaveLength(50);
    for (const [i, { status }] of replies.entries())
      expect([status, tags.includes(`new${i}`)]).toEqual([
        tags.includes(`new${i}`) ? 201 : 400,
        status === 201,
      ]);
  });
});
