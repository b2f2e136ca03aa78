import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import { seedImages } from "../../../lambdas/image/model/image.ts";
import { startCloud } from "../../support/cloud.ts";
import { rootVolume, seedServer, settledServer } from "../../support/servers.ts";
import { startWithServer } from "../../support/with-server.ts";

const [ownImage, otherImage, largeImage] = seedImages;
const imageRef = otherImage?.id ?? "";
const ownImageId = ownImage?.id ?? "";

async function startRebuildable(...given: Parameters<typeof startWithServer>) {
  const cloud = await startWithServer(...given);
  return {
    ...cloud,
    rebuild: (over: object = {}, version = "2.1", as = "demo") =>
      cloud.part("POST", "action", { rebuild: { imageRef: ownImageId, ...over } }, version, as),
    /** The administrator's view, which shows the most. */
    async all() {
      const headers = { "openstack-api-version": "compute 2.96" };
      return (await cloud.call("GET", `/v2.1/servers/${cloud.id}`, { as: "admin", headers })).json
        .server;
    },
  };
}

const largeFlavor = { flavor: { id: "2", name: "m1.small", vcpus: 1, ram: 2_048, disk: 20 } };

describe("E-25: a rebuild", () => {
  test("returns the future server in full, with its password and Location", async () => {
    const { rebuild, id, at } = await startRebuildable(largeFlavor);
    const reply = await rebuild({ imageRef, name: "db", metadata: { a: "1" } });
    expect([reply.status, reply.headers.get("location")]).toEqual([
      202,
      `${at}/v2.1/servers/${id}`,
    ]);
    const { server } = reply.json;
    expect(server).toMatchObject({
      ...{ id, name: "db", status: "REBUILD", metadata: { a: "1" }, progress: 0 },
      ...{ image: { id: imageRef }, flavor: { id: "2" }, "OS-DCF:diskConfig": "MANUAL" },
      adminPass: expect.stringMatching(/^[a-zA-Z0-9]{12}$/),
    });
    for (const absent of ["OS-EXT-STS:task_state", "key_name", "user_data", "security_groups"])
      expect(server).not.toHaveProperty(absent);
    expect((await rebuild({ adminPass: "" })).status).toBe(409);
  });

  test.each([
    [53, false, false, false],
    [54, true, false, false],
    [57, true, true, false],
    [75, true, true, true],
  ])(
    "at 2.%i shows a keypair (%s), user data (%s) and all the rest (%s)",
    async (version, key, data, all) => {
      const { rebuild } = await startRebuildable({ keyName: "key" });
      const { server } = (await rebuild({ adminPass: "x" }, `2.${version}`, "admin")).json;
      expect([
        server.key_name,
        server.user_data,
        server["OS-EXT-STS:task_state"],
        server.adminPass,
      ]).toEqual([
        key ? "key" : undefined,
        data ? null : undefined,
        all ? "rebuilding" : undefined,
        "x",
      ]);
      expect(server).not.toHaveProperty("OS-EXT-SRV-ATTR:user_data");
    },
  );

  test("of a running server shows each task", async () => {
    const { rebuild, shown, pass } = await startRebuildable(largeFlavor);
    await rebuild({ imageRef });
    const seen: unknown[] = [];
    for (const step of [0, 300, 200, 500]) {
      pass(step);
      const { status, ...server } = await shown();
      seen.push([status, server["OS-EXT-STS:task_state"], server["OS-EXT-STS:vm_state"]]);
    }
    expect(seen).toEqual([
      ["REBUILD", "rebuilding", "active"],
      ["REBUILD", "rebuild_block_device_mapping", "active"],
      ["REBUILD", "rebuild_spawning", "active"],
      ["ACTIVE", null, "active"],
    ]);
    expect((await shown()).image.id).toBe(imageRef);
  });

  test("of a stopped server ends stopped (stop, rebuild, still SHUTOFF)", async () => {
    const { rebuild, act, shown, pass } = await startRebuildable();
    await act({ "os-stop": null });
    pass(1_000);
    expect((await rebuild()).json.server.status).toBe("REBUILD");
    const seen: unknown[] = [];
    for (const step of [0, 1_000, 500]) {
      pass(step);
      const { status, ...server } = await shown();
      seen.push([status, server["OS-EXT-STS:task_state"], server["OS-EXT-STS:power_state"]]);
    }
    expect(seen).toEqual([
      ["REBUILD", "rebuilding", 4],
      ["ACTIVE", "powering-off", 1],
      ["SHUTOFF", null, 4],
    ]);
  });

  test("repairs a server in ERROR", async () => {
    const { rebuild, shown, pass } = await startRebuildable({}, "error");
    expect((await rebuild()).status).toBe(202);
    expect((await shown()).status).toBe("REBUILD");
    pass(1_000);
    expect((await shown()).status).toBe("ACTIVE");
  });

  test("is refused for a locked, paused or busy server before other checks", async () => {
    const paused = await startRebuildable({}, "paused");
    const unknown = { imageRef: "0199340e-0f3e-4612-96be-6f1861b192b5" };
    expect((await paused.rebuild(unknown)).json.conflictingRequest.message).toBe(
      `Cannot 'rebuild' instance ${paused.id} while it is in vm_state paused`,
    );
    const { rebuild, act, id } = await startRebuildable();
    await act({ lock: null });
    expect((await rebuild(unknown)).json.conflictingRequest.message).toBe(
      `Instance ${id} is locked`,
    );
    expect((await rebuild({}, "2.1", "admin")).status).toBe(202);
    await act({ unlock: null });
    expect((await rebuild(unknown)).json.conflictingRequest.message).toBe(
      `Cannot 'rebuild' instance ${id} while it is in task_state rebuilding`,
    );
  });

  test("twice at once: one is accepted, and its values are stored", async () => {
    const { rebuild, shown } = await startRebuildable();
    const replies = await Promise.all(
      Array.from({ length: 8 }, (_, i) => rebuild({ name: `n${i}`, metadata: { i: String(i) } })),
    );
    const statuses = replies.map(({ status }) => status).sort();
    expect(statuses).toEqual([202, ...Array.from({ length: 7 }, () => 409)]);
    const won = replies.findIndex(({ status }) => status === 202);
    expect(await shown()).toMatchObject({ name: `n${won}`, metadata: { i: String(won) } });
  });
});

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

describe("a rebuild keeps what it does not mention", () => {
  const attributes = {
    name: "db",
    description: "a database",
    hostname: "db-1.example.org",
    metadata: { tier: "2" },
    accessIPv4: "192.0.2.7",
    accessIPv6: "2001:db8::7",
    key_name: null,
    user_data: "IyEvYmluL2Jhc2g=",
    trusted_image_certificates: ["cert"],
    adminPass: "secret",
    preserve_ephemeral: false,
  };

  const seenAs: Readonly<Record<string, string>> = {
    hostname: "OS-EXT-SRV-ATTR:hostname",
    user_data: "OS-EXT-SRV-ATTR:user_data",
  };

  test("for every combination of members", async () => {
    await fc.assert(
      fc.asyncProperty(fc.subarray(Object.keys(attributes)), async (keys) => {
        const { rebuild, all, pass } = await startRebuildable({
          keyName: "key",
          metadata: { tier: "1" },
          trustedCertificates: ["old"],
        });
        const { status: _, updated: __, "OS-SRV-USG:launched_at": ___, ...before } = await all();
        const over = Object.fromEntries(
          Object.entries(attributes).filter(([key]) => keys.includes(key)),
        );
        const reply = await rebuild(over, "2.94");
        expect(reply.status, reply.text).toBe(202);
        pass(60_000);
        const changed = Object.entries(over).filter(
          ([key]) => key !== "adminPass" && key !== "preserve_ephemeral",
        );
        expect(await all()).toMatchObject({
          ...before,
          ...Object.fromEntries(changed.map(([key, value]) => [seenAs[key] ?? key, value])),
        });
        expect(reply.json.server.user_data).toBe(over["user_data"] ?? null);
      }),
      { numRuns: 40 },
    );
  });

  test("user data is kept until it is null", async () => {
    const { rebuild, pass, all } = await startRebuildable();
    const data = async (over: object) => {
      const reply = await rebuild(over, "2.57");
      pass(2_000);
      expect((await all())["OS-EXT-SRV-ATTR:user_data"]).toBe(reply.json.server.user_data);
      return reply.json.server.user_data;
    };
    expect(await data({ user_data: "IyE=" })).toBe("IyE=");
    expect(await data({})).toBe("IyE=");
    expect(await data({ user_data: null })).toBeNull();
    expect(await data({ user_data: "" })).toBe("");
  });

  test("the disk configuration defaults to the image's", async () => {
    const { rebuild, pass, shown, call } = await startRebuildable();
    const config = async (over: object) => {
      await rebuild(over);
      pass(2_000);
      return (await shown())["OS-DCF:diskConfig"];
    };
    expect(await config({ "OS-DCF:diskConfig": "AUTO" })).toBe("AUTO");
    expect(await config({})).toBe("MANUAL");
    const body = {
      ...{ name: "auto", disk_format: "raw", container_format: "bare" },
      auto_disk_config: "true",
    };
    const { id } = (await call("POST", "/image/v2/images", { body })).json;
    const headers = { "content-type": "application/octet-stream" };
    await call("PUT", `/image/v2/images/${id}/file`, { headers, body: "bytes" });
    expect(await config({ imageRef: id })).toBe("AUTO");
  });

  test("the keypair is the caller's own", async () => {
    const { rebuild, call, pass, shown } = await startRebuildable();
    await call("POST", "/v2.1/os-keypairs", { body: { keypair: { name: "mine" } } });
    expect((await rebuild({ key_name: "mine" }, "2.54")).json.server.key_name).toBe("mine");
    pass(2_000);
    expect((await shown()).key_name).toBe("mine");
    expect((await rebuild({ key_name: "mine" }, "2.54", "admin")).status).toBe(400);
    await rebuild({ key_name: null }, "2.54");
    expect((await shown()).key_name).toBeNull();
  });
});

describe("a rebuild of a volume-backed server", () => {
  /** A server that boots from a volume made from an image. */
  async function onVolume() {
    const cloud = await startCloud();
    const at = `/volume/v3/${projects.demo.id}/volumes`;
    const { volume } = (
      await cloud.call("POST", at, { body: { volume: { size: 5, imageRef: ownImageId } } })
    ).json;
    const { id } = await seedServer(
      cloud.table,
      settledServer("active", { image: null, volumes: [rootVolume(volume.id)] }),
    );
    cloud.pass(5_000);
    return {
      rebuild: (imageRef: string, version: string, over: object = {}) =>
        cloud.call("POST", `/v2.1/servers/${id}/action`, {
          headers: { "openstack-api-version": `compute ${version}` },
          body: { rebuild: { imageRef, ...over } },
        }),
      inside: async () =>
        (await cloud.call("GET", `${at}/${volume.id}`)).json.volume.volume_image_metadata.image_id,
    };
  }

  test("accepts only the volume's image until 2.92", async () => {
    const { rebuild, inside } = await onVolume();
    const refused = await rebuild(imageRef, "2.92");
    expect([refused.status, refused.json.badRequest.message]).toEqual([
      400,
      `Image ${imageRef} is unacceptable: Unable to rebuild with a different image for a volume-backed server.`,
    ]);
    expect((await rebuild(ownImageId, "2.92")).json.server.image).toBe("");
    expect(await inside()).toBe(ownImageId);
  });

  test("accepts another image from 2.93 on", async () => {
    const { rebuild, inside } = await onVolume();
    expect((await rebuild(imageRef, "2.93")).json.server.image).toBe("");
    expect(await inside()).toBe(imageRef);
  });

  test("verifies no certificates", async () => {
    const { rebuild } = await onVolume();
    const over = { trusted_image_certificates: ["cert"] };
    expect((await rebuild(ownImageId, "2.93", over)).json.badRequest.message).toBe(
      "Image certificate validation is not supported for volume-backed servers.",
    );
    expect((await rebuild(ownImageId, "2.93", { trusted_image_certificates: null })).status).toBe(
      202,
    );
  });
});

test("the older dialects show a rebuilt server like any other", async () => {
  const { call, id, at } = await startRebuildable();
  const legacy = "/v2/5d8b99310e6c49eaa5413aa659170deb";
  const body = { rebuild: { imageRef: ownImageId, more: "is dropped" } };
  const rebuilt = await call("POST", `${legacy}/servers/${id}/action`, { body });
  expect([rebuilt.status, rebuilt.headers.get("location")]).toEqual([
    202,
    `${at}${legacy}/servers/${id}`,
  ]);
  expect(rebuilt.json.server.adminPass).toHaveLength(12);
});
