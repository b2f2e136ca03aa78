import { describe, expect, test } from "vitest";
import { imageRef, ownImageId, startRebuildable } from "../../support/rebuildable-server.ts";

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
