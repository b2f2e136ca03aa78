import { describe, expect, test } from "vitest";
import { largeImage, startRebuildable } from "../../support/rebuildable-server.ts";

describe("a rebuild is refused", () => {
  test.each([
    [
      "an image that is not there",
      { imageRef: "0199340e-0f3e-4612-96be-6f1861b192b5" },
      400,
      "Cannot find image for rebuild",
    ],
    [
      "an image that asks for more memory",
      { imageRef: "MORE" },
      400,
      "Flavor's memory is too small for requested image.",
    ],
    [
      "an image that asks for more disk",
      { imageRef: largeImage?.id },
      400,
      "Flavor's disk is smaller than the minimum size specified in image metadata. Flavor disk is 1073741824 bytes, minimum size is 4294967296 bytes.",
    ],
    ["an image that has no bytes yet", { imageRef: "QUEUED" }, 400, "Image QUEUED is not active."],
    [
      "an image that resizes no disks",
      { imageRef: "FIXED", "OS-DCF:diskConfig": "AUTO" },
      400,
      "Requested image FIXED has automatic disk resize disabled.",
    ],
    [
      "an image of an encrypted volume",
      { imageRef: "SECRET" },
      400,
      "Image SECRET is unacceptable: Direct booting of an image uploaded from an encrypted volume is unsupported.",
    ],
    ["an unknown keypair", { key_name: "nosuch" }, 400, "Invalid key_name provided."],
    [
      "too much metadata",
      { metadata: Object.fromEntries(Array.from({ length: 129 }, (_, i) => [`k${i}`, ""])) },
      403,
      "Maximum number of metadata items exceeds 128",
    ],
  ])("with %s", async (_, over, status, message) => {
    const { rebuild, call, shown } = await startRebuildable();
    const added: Record<string, object> = {
      MORE: { min_ram: 9_999 },
      QUEUED: {},
      FIXED: { auto_disk_config: " Disabled" },
      SECRET: { cinder_encryption_key_id: "key" },
    };
    const reference = String((over as { imageRef?: string }).imageRef ?? "");
    let id = reference;
    if (added[reference]) {
      const body = {
        name: "odd",
        disk_format: "raw",
        container_format: "bare",
        ...added[reference],
      };
      id = (await call("POST", "/image/v2/images", { body })).json.id;
      const headers = { "content-type": "application/octet-stream" };
      if (reference !== "QUEUED")
        await call("PUT", `/image/v2/images/${id}/file`, { headers, body: "bytes" });
    }
    const reply = await rebuild({ ...over, ...(reference && { imageRef: id }) }, "2.54");
    expect([reply.status, reply.json[status === 400 ? "badRequest" : "forbidden"].message]).toEqual(
      [status, message.replace(reference, id)],
    );
    expect((await shown())["OS-EXT-STS:task_state"]).toBeNull();
  });

  test("with too many personality files", async () => {
    const { rebuild } = await startRebuildable();
    const file = { path: "/etc/motd", contents: "aGVsbG8=" };
    const personality = Array.from({ length: 6 }, () => file);
    const refused = await rebuild({ personality }, "2.56");
    expect([refused.status, refused.json.forbidden.message]).toEqual([
      403,
      "Personality file limit exceeded",
    ]);
    expect((await rebuild({ personality: [file] }, "2.57")).status).toBe(400);
    expect((await rebuild({ personality: [file] }, "2.56")).status).toBe(202);
  });

  test("without the role", async () => {
    const { rebuild } = await startRebuildable();
    expect((await rebuild({}, "2.1", "reader")).status).toBe(403);
    expect((await rebuild({}, "2.1", "alt_demo")).status).toBe(404);
  });

  test.each([
    [18, { description: "d" }],
    [53, { key_name: null }],
    [56, { user_data: null }],
    [62, { trusted_image_certificates: null }],
    [89, { hostname: "host" }],
    [93, { hostname: "host.example.org" }],
    [96, { personality: [] }],
    [96, { user_data: "not base64" }],
    [96, { imageRef: "" }],
    [96, { name: " db" }],
    [96, { flavorRef: "1" }],
  ])("at 2.%i with %j", async (version, over) => {
    const { rebuild } = await startRebuildable();
    expect((await rebuild(over, `2.${version}`)).status).toBe(400);
  });
});
