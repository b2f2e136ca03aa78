import { describe, expect, test } from "vitest";
import { computeVersion, startWithNovaImages } from "../../support/nova-images.ts";
import { patchContentType } from "../../support/scenarios/images.ts";

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
