import { describe, expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import type { VmState } from "../../../lambdas/compute/model/lifecycle.ts";
import { reservedBy } from "../../../lambdas/compute/model/quota.ts";
import type { Server } from "../../../lambdas/compute/model/server.ts";
import { seedImages } from "../../../lambdas/image/model/image.ts";
import { type CallOptions, startCloud } from "../../support/cloud.ts";
import { seedServer, settledServer } from "../../support/servers.ts";

const flavorOf = (id: string, vcpus: number, ram: number, disk: number) => ({
  flavor: { id, name: `m1.${id}`, vcpus, ram, disk },
});

/** A server of flavor 1 on novaless-1, and actions on it by any account. */
async function startResizable(vm: VmState = "active", over: Partial<Server> = {}) {
  const cloud = await startCloud();
  const server = await seedServer(cloud.table, settledServer(vm, over));
  await cloud.servers.reserveQuota(
    projects.demo.id,
    { instances: 1, cores: 1, ram: 512 },
    cloud.now(),
    {
      instances: 10,
      cores: 20,
      ram: 51_200,
    },
  );
  const path = `/v2.1/servers/${server.id}`;
  const act = (body: object, as = "demo", options: CallOptions = {}) =>
    cloud.call("POST", `${path}/action`, { as, body, ...options });
  const shown = async () => (await cloud.call("GET", path, { as: "admin" })).json.server;
  const state = async () => {
    const one = await shown();
    return [
      one.status,
      one["OS-EXT-STS:vm_state"],
      one["OS-EXT-STS:task_state"],
      one["OS-EXT-STS:power_state"],
      one.flavor.id,
      one["OS-EXT-SRV-ATTR:host"],
    ];
  };
  const used = async () => {
    const { absolute } = (await cloud.call("GET", "/v2.1/limits")).json.limits;
    return [absolute.totalInstancesUsed, absolute.totalCoresUsed, absolute.totalRAMUsed];
  };
  const migrations = async () =>
    (
      await cloud.call("GET", "/v2.1/os-migrations", {
        as: "admin",
        headers: microversionHeader(80),
      })
    ).json.migrations;
  return { ...cloud, server, path, act, shown, state, used, migrations };
}

const microversionHeader = (n: number) => ({ "x-openstack-nova-api-version": `2.${n}` });
const resizeTo = (flavorRef: string | number) => ({ resize: { flavorRef } });
const confirmBody = { confirmResize: null };
const revertBody = { revertResize: null };
const smallFlavorId = "2";

describe("E-26: a resize", () => {
  test("keeps flavor and host until its last task, then waits for confirm", async () => {
    const { act, state, pass, migrations } = await startResizable();
    expect((await act(resizeTo(smallFlavorId))).status).toBe(202);
    const seen: unknown[] = [];
    for (const after of [0, 200, 300, 200, 300]) {
      pass(after);
      seen.push([...(await state()), (await migrations())[0].status]);
    }
    const [before, after] = ["novaless-1", "novaless-2"];
    expect(seen).toEqual([
      ["RESIZE", "active", "resize_prep", 1, "1", before, "pre-migrating"],
      ["RESIZE", "active", "resize_migrating", 1, "1", before, "migrating"],
      ["RESIZE", "active", "resize_migrated", 1, "1", before, "post-migrating"],
      ["RESIZE", "active", "resize_finish", 1, "2", after, "post-migrating"],
      ["VERIFY_RESIZE", "resized", null, 1, "2", after, "finished"],
    ]);
    const confirmed = await act(confirmBody);
    expect([confirmed.status, confirmed.text]).toEqual([204, ""]);
    expect(await state()).toEqual(["ACTIVE", "active", null, 1, "2", after]);
    expect((await migrations())[0]).toMatchObject({ status: "confirmed", dest_compute: after });
  });

  test("is reverted to the previous flavor and host", async () => {
    const { act, state, pass, migrations } = await startResizable();
    await act(resizeTo(smallFlavorId));
    pass(1_000);
    expect((await act(revertBody)).status).toBe(202);
    expect((await state()).slice(0, 3)).toEqual(["REVERT_RESIZE", "resized", "resize_reverting"]);
    expect((await migrations())[0].status).toBe("reverting");
    pass(1_000);
    expect(await state()).toEqual(["ACTIVE", "active", null, 1, "1", "novaless-1"]);
    expect((await migrations())[0].status).toBe("reverted");
  });

  for (const end of [confirmBody, revertBody])
    test(`of a stopped server leaves it stopped: ${Object.keys(end)}`, async () => {
      const { act, state, pass } = await startResizable("stopped");
      await act(resizeTo(smallFlavorId));
      pass(1_000);
      expect((await state()).slice(0, 4)).toEqual(["VERIFY_RESIZE", "resized", null, 4]);
      await act(end);
      pass(10_000);
      expect((await state()).slice(0, 4)).toEqual(["SHUTOFF", "stopped", null, 4]);
    });

  test("can be confirmed or reverted once, and no other server can", async () => {
    const { act, server, pass } = await startResizable();
    const refused = async (body: object, state: string) => {
      const [action] = Object.keys(body);
      const reply = await act(body);
      expect(reply.status).toBe(409);
      expect(reply.json.conflictingRequest.message).toBe(
        `Cannot '${action}' instance ${server.id} while it is in ${state}`,
      );
    };
    await refused(confirmBody, "vm_state active");
    await refused(revertBody, "vm_state active");
    await act(resizeTo(smallFlavorId));
    await refused(confirmBody, "vm_state active");
    await refused(resizeTo("3"), "task_state resize_prep");
    pass(1_000);
    await refused(resizeTo("3"), "vm_state resized");
    await act(revertBody);
    await refused(confirmBody, "task_state resize_reverting");
    pass(1_000);
    await refused(revertBody, "vm_state active");
  });

  test("accepts a disk configuration, MANUAL by default", async () => {
    const { act, shown, pass } = await startResizable("active", { diskConfig: "AUTO" });
    await act({ resize: { flavorRef: smallFlavorId, "OS-DCF:diskConfig": "AUTO" } });
    expect((await shown())["OS-DCF:diskConfig"]).toBe("AUTO");
    pass(1_000);
    await act(confirmBody);
    await act(resizeTo("1"));
    expect((await shown())["OS-DCF:diskConfig"]).toBe("MANUAL");
  });

  test("shows the current embedded flavor", async () => {
    const { act, call, path, pass } = await startResizable();
    const flavor = async () =>
      (await call("GET", path, { headers: microversionHeader(47) })).json.server.flavor;
    await act(resizeTo(smallFlavorId));
    expect(await flavor()).toMatchObject({ original_name: "m1.tiny", ram: 512 });
    pass(1_000);
    expect(await flavor()).toMatchObject({ original_name: "m1.small", ram: 2048 });
  });
});

describe("a resize is refused", () => {
  const flavorNotFound = (flavor: string) => `Flavor ${flavor} could not be found.`;

  test("with 400 and Nova's message: the same flavor, an unknown one, a private one, no disk", async () => {
    const { act, call, state } = await startResizable();
    const made = await call("POST", "/v2.1/flavors", {
      as: "admin",
      body: {
        flavor: {
          ...{ id: "secret", name: "secret", ram: 1024, vcpus: 1, disk: 5 },
          "os-flavor-access:is_public": false,
        },
      },
    });
    expect(made.status).toBe(200);
    await call("POST", "/v2.1/flavors", {
      as: "admin",
      body: { flavor: { id: "none", name: "none", ram: 1024, vcpus: 1, disk: 0 } },
    });
    for (const [flavor, message] of [
      ["1", "When resizing, instances must change flavor!"],
      [1, "When resizing, instances must change flavor!"],
      ["99", flavorNotFound("99")],
      ["secret", flavorNotFound("secret")],
      [
        "none",
        "Server disk was unable to be resized because: Resize to zero disk flavor is not allowed.",
      ],
    ] as const) {
      const { status, json } = await act(resizeTo(flavor));
      expect([status, json.badRequest?.message]).toEqual([400, message]);
    }
    expect((await act(resizeTo("secret"), "admin")).status).toBe(202);
    expect((await state())[0]).toBe("RESIZE");
  });

  test("with 400 for a flavor too small for the image", async () => {
    const { act, call } = await startResizable("active", flavorOf("5", 8, 16_384, 160));
    const [image] = seedImages;
    await call("PATCH", `/image/v2/images/${image?.id}`, {
      as: "admin",
      headers: { "content-type": "application/openstack-images-v2.1-json-patch" },
      body: [{ op: "replace", path: "/min_ram", value: 1024 }],
    });
    const { status, json } = await act(resizeTo("1"));
    expect([status, json.badRequest?.message]).toEqual([
      400,
      "Flavor's memory is too small for requested image.",
    ]);
  });

  test("with 400 for a value that Nova's schema refuses", async () => {
    const { act } = await startResizable();
    for (const body of [{}, { flavorRef: "" }, { flavorRef: null }, { flavorRef: "2", other: 1 }])
      expect((await act({ resize: body })).status).toBe(400);
    expect((await act({ resize: null })).status).toBe(400);
  });

  test("for a locked server, and while the host is down", async () => {
    const { act, call, server } = await startResizable();
    await act({ lock: null });
    expect((await act(resizeTo(smallFlavorId))).json.conflictingRequest.message).toBe(
      `Instance ${server.id} is locked`,
    );
    await act({ unlock: null });
    const service = { host: "novaless-1", binary: "nova-compute", forced_down: true };
    const options = { as: "admin", headers: microversionHeader(11) };
    await call("PUT", "/v2.1/os-services/force-down", { ...options, body: service });
    expect((await act(resizeTo(smallFlavorId))).json.conflictingRequest.message).toBe(
      "Service is unavailable at this time.",
    );
  });

  test("but a revert works after its old flavor was deleted", async () => {
    const { act, call, state, pass } = await startResizable("active", flavorOf("old", 1, 512, 1));
    await act(resizeTo(smallFlavorId));
    pass(1_000);
    await act(revertBody);
    pass(1_000);
    expect((await state()).slice(0, 1)).toEqual(["ACTIVE"]);
    expect((await call("GET", "/v2.1/flavors/old")).status).toBe(404);
  });
});

describe("the quota of a resized server", () => {
  test("is the larger of both flavors until it is confirmed", async () => {
    const { act, used, pass } = await startResizable();
    expect(await used()).toEqual([1, 1, 512]);
    await act(resizeTo("3"));
    expect(await used()).toEqual([1, 2, 4096]);
    pass(1_000);
    await act(confirmBody);
    expect(await used()).toEqual([1, 2, 4096]);
    await act(resizeTo("1"));
    expect(await used()).toEqual([1, 2, 4096]);
    pass(1_000);
    await act(confirmBody);
    expect(await used()).toEqual([1, 1, 512]);
  });

  test("is the same when recounted during the resize", async () => {
    const { act, pass, used, servers, now } = await startResizable();
    pass(60_000);
    await act(resizeTo("3"));
    const all = {
      project: projects.demo.id,
      limit: 10,
      includeDeleted: false,
      matches: () => true,
    };
    const [server] = await servers.list(all, now());
    expect(server?.flavor?.id).toBe("1");
    expect(reservedBy(server as Server)).toEqual({ instances: 1, cores: 2, ram: 4096 });
    expect(await used()).toEqual([1, 2, 4096]);
  });

  test("is released by a revert", async () => {
    const { act, used, pass } = await startResizable();
    await act(resizeTo("3"));
    pass(1_000);
    await act(revertBody);
    expect(await used()).toEqual([1, 1, 512]);
  });

  test("E-07: is released by a delete during the resize or before confirm", async () => {
    for (const [after, status] of [
      [500, "error"],
      [1_000, "confirmed"],
    ] as const) {
      const { act, call, path, used, pass, migrations } = await startResizable();
      await act(resizeTo("3"));
      pass(after);
      expect((await call("DELETE", path)).status).toBe(204);
      expect(await used()).toEqual([0, 0, 0]);
      expect((await migrations())[0].status).toBe(status);
      pass(1_000);
      expect((await call("GET", path)).status).toBe(404);
    }
  });

  test("is checked against the growth only", async () => {
    const { act, call, used, state } = await startResizable();
    const limit = async (limits: object) =>
      call("PUT", `/v2.1/os-quota-sets/${projects.demo.id}`, {
        as: "admin",
        body: { quota_set: limits },
      });
    await limit({ cores: 3 });
    const { status, json } = await act(resizeTo("4"));
    expect([status, json.forbidden?.message]).toEqual([
      403,
      "Quota exceeded for cores: Requested 3, but already used 1 of 3 cores",
    ]);
    expect(await used()).toEqual([1, 1, 512]);
    expect((await state())[0]).toBe("ACTIVE");
    // The project uses more cores than its limit, and this resize needs no more of them.
    await limit({ cores: 0, instances: 0 });
    expect((await act(resizeTo(smallFlavorId))).status).toBe(202);
    expect(await used()).toEqual([1, 1, 2048]);
  });

  test("is reserved once for concurrent resizes", async () => {
    const { act, used, migrations } = await startResizable();
    const replies = await Promise.all(["2", "3", "4", "5"].map((flavor) => act(resizeTo(flavor))));
    expect(replies.map(({ status }) => status).sort()).toEqual([202, 409, 409, 409]);
    const [one, ...more] = await migrations();
    expect(more).toEqual([]);
    const flavors: Record<number, number[]> = {
      2: [1, 1, 2048],
      3: [1, 2, 4096],
      4: [1, 4, 8192],
      5: [1, 8, 16_384],
    };
    expect(await used()).toEqual(flavors[one.new_instance_type_id]);
  });
});

describe("a failed resize", () => {
  test("without a host leaves the server unchanged and fails its action", async () => {
    const { act, call, path, state, pass, used, migrations } = await startResizable();
    const service = { binary: "nova-compute", disabled_reason: "full" };
    for (const host of ["novaless-2", "novaless-3", "novaless-4"])
      await call("PUT", "/v2.1/os-services/disable-log-reason", {
        as: "admin",
        body: { ...service, host },
      });
    expect((await act(resizeTo("3"))).status).toBe(202);
    expect((await state())[2]).toBe("resize_prep");
    pass(200);
    expect(await state()).toEqual(["ACTIVE", "active", null, 1, "1", "novaless-1"]);
    expect(await used()).toEqual([1, 1, 512]);
    expect((await migrations())[0]).toMatchObject({ status: "error", dest_compute: null });
    const [action] = (await call("GET", `${path}/os-instance-actions`)).json.instanceActions;
    expect(action).toMatchObject({ action: "resize", message: "Error" });
    await act({ "os-resetState": { state: "error" } }, "admin");
    expect((await call("GET", path)).json.server.fault.message).toBe(
      "No valid host was found. There are not enough hosts available.",
    );
  });

  test("by a failure hint ends in ERROR, with its migration too", async () => {
    const { act, state, pass, used, migrations } = await startResizable("active", {
      metadata: { "novaless:fail": "resize", "novaless:delay": "30" },
    });
    expect((await act(resizeTo("3"))).status).toBe(202);
    expect(await used()).toEqual([1, 1, 512]);
    pass(30_999);
    expect((await migrations())[0].status).toBe("post-migrating");
    pass(1);
    expect((await state()).slice(0, 1)).toEqual(["ERROR"]);
    expect((await migrations())[0]).toMatchObject({
      status: "error",
      dest_compute: "novaless-2",
    });
  });
});
