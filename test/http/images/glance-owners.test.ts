import { describe, expect, test } from "vitest";
import { seedImages } from "../../../lambdas/image/model/image.ts";
import { glance, messageIn, startWithImages } from "../../support/glance.ts";

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
