import { describe, expect, test } from "vitest";
import { seedImages as beginnings } from "../../../lambdas/image/model/image.ts";
import { startCloud } from "../../support/cloud.ts";
import { startWithServer } from "../../support/with-server.ts";

const stateMembers = { task: "OS-EXT-STS:task_state", vm: "OS-EXT-STS:vm_state" };

/** A server with a port, ready to be shelved, and the state outside it. */
async function startShelvable() {
  const cloud = await startCloud();
  const { call, pass } = cloud;
  const server = { name: "web", imageRef: beginnings[0]?.id, flavorRef: "1" };
  const { json } = await call("POST", "/v2.1/servers", { body: { server } });
  const id: string = json.server.id;
  pass(10_000);
  const at = `/v2.1/servers/${id}`;
  const headers = (version: string) => ({ "openstack-api-version": `compute ${version}` });
  return {
    ...cloud,
    id,
    act: (body: object, as = "demo", version = "2.1") =>
      call("POST", `${at}/action`, { as, body, headers: headers(version) }),
    shown: async (as = "demo") =>
      (await call("GET", at, { as, headers: headers("2.96") })).json.server,
    shelved: async () =>
      (await call("GET", "/image/v2/images?name=web-shelved")).json.images as {
        id: string;
        status: string;
      }[],
    hostOfPort: async () =>
      (await call("GET", `/network/v2.0/ports?device_id=${id}`, { as: "admin" })).json.ports.map(
        (port: Record<string, unknown>) => port["binding:host_id"],
      ),
    actions: async () =>
      (await call("GET", `${at}/os-instance-actions`)).json.instanceActions.map(
        (one: { action: string; message: string | null }) => [one.action, one.message],
      ),
  };
}

describe("a shelved server", () => {
  test("E-41: becomes SHELVED_OFFLOADED without host, and its image lasts until it is unshelved", async () => {
    const { act, shown, pass, shelved, hostOfPort, actions } = await startShelvable();
    const before = await shown("admin");
    expect(before.hostId).toMatch(/^[0-9a-f]{56}$/);
    expect((await act({ shelve: null })).status).toBe(202);
    expect(await shelved()).toMatchObject([{ status: "queued" }]);
    const seen = [];
    for (const step of [0, 200, 100, 400, 300]) {
      pass(step);
      const { status, [stateMembers.vm]: vm, [stateMembers.task]: task } = await shown();
      seen.push([status, vm, task, (await shelved())[0]?.status]);
    }
    expect(seen).toEqual([
      ["ACTIVE", "active", "shelving", "queued"],
      ["ACTIVE", "active", "shelving_image_pending_upload", "queued"],
      ["ACTIVE", "active", "shelving_image_uploading", "saving"],
      ["SHELVED", "shelved", "shelving_offloading", "active"],
      ["SHELVED_OFFLOADED", "shelved_offloaded", null, "active"],
    ]);
    expect(await shown("admin")).toMatchObject({
      hostId: "",
      "OS-EXT-SRV-ATTR:host": null,
      "OS-EXT-AZ:availability_zone": "nova",
      "OS-EXT-STS:power_state": 4,
    });
    expect(await hostOfPort()).toEqual([""]);
    expect((await act({ "os-start": null })).json.conflictingRequest.message).toMatch(
      /is not ready$/,
    );

    expect((await act({ unshelve: null })).status).toBe(202);
    expect(await shown()).toMatchObject({
      status: "SHELVED_OFFLOADED",
      [stateMembers.task]: "unshelving",
    });
    expect(await shelved()).toEqual([]);
    pass(1_000);
    const after = await shown("admin");
    expect(after).toMatchObject({
      status: "ACTIVE",
      [stateMembers.task]: null,
      hostId: before.hostId,
    });
    expect(await hostOfPort()).toEqual([after["OS-EXT-SRV-ATTR:host"]]);
    expect(await actions()).toEqual([
      ["unshelve", null],
      ["shelve", null],
      ["create", null],
    ]);
  });

  test("deletes its image when it is deleted, and anyone may delete the image before", async () => {
    const { act, call, id, pass, shelved, shown, actions } = await startShelvable();
    await act({ shelve: null });
    pass(1_000);
    const [image] = await shelved();
    expect((await call("DELETE", `/image/v2/images/${image?.id}`)).status).toBe(204);
    expect((await act({ unshelve: null })).status).toBe(202);
    pass(1_000);
    expect((await shown()).status).toBe("ERROR");
    expect((await actions())[0]).toEqual(["unshelve", "Error"]);
    await act({ "os-resetState": { state: "active" } }, "admin");
    await act({ shelve: null });
    pass(1_000);
    expect(await shelved()).toHaveLength(1);
    expect((await call("DELETE", `/v2.1/servers/${id}`)).status).toBe(204);
    expect(await shelved()).toEqual([]);
  });

  test("keeps a protected image", async () => {
    const { act, call, pass, shelved, shown } = await startShelvable();
    await act({ shelve: null });
    pass(1_000);
    const [image] = await shelved();
    const { status } = await call("PATCH", `/image/v2/images/${image?.id}`, {
      headers: { "content-type": "application/openstack-images-v2.1-json-patch" },
      body: JSON.stringify([{ op: "replace", path: "/protected", value: true }]),
    });
    expect(status).toBe(200);
    expect((await act({ unshelve: null })).status).toBe(202);
    pass(1_000);
    expect((await shown()).status).toBe("ACTIVE");
    expect(await shelved()).toHaveLength(1);
  });

  test("that boots from a volume has no image", async () => {
    const { act, shown, pass, call } = await startWithServer({ image: null });
    expect((await act({ shelve: null })).status).toBe(202);
    pass(1_000);
    expect((await shown()).status).toBe("SHELVED_OFFLOADED");
    expect((await call("GET", "/image/v2/images?name=web-1-shelved")).json.images).toEqual([]);
    expect((await act({ unshelve: null })).status).toBe(202);
    pass(1_000);
    expect((await shown()).status).toBe("ACTIVE");
  });

  test("cannot be shelved again, locked or by other projects; only administrators offload", async () => {
    const { act, id, pass } = await startShelvable();
    const message = async (reply: ReturnType<typeof act>) => {
      const { status, json } = await reply;
      return [status, Object.values<{ message: string }>(json)[0]?.message];
    };
    await act({ lock: null });
    expect(await message(act({ shelve: null }))).toEqual([409, `Instance ${id} is locked`]);
    await act({ unlock: null });
    await act({ shelve: null });
    expect(await message(act({ shelve: null }))).toEqual([
      409,
      `Cannot 'shelve' instance ${id} while it is in task_state shelving`,
    ]);
    pass(10_000);
    expect(await message(act({ shelve: null }))).toEqual([
      409,
      `Cannot 'shelve' instance ${id} while it is in vm_state shelved_offloaded`,
    ]);
    expect(await message(act({ shelveOffload: null }, "admin"))).toEqual([
      409,
      `Cannot 'shelveOffload' instance ${id} while it is in vm_state shelved_offloaded`,
    ]);
    expect((await act({ shelveOffload: null })).status).toBe(403);
    expect((await act({ unshelve: null }, "reader")).status).toBe(403);
    expect((await act({ unshelve: null }, "alt_demo")).status).toBe(404);
  });

  test("that is still on its host is offloaded by an administrator", async () => {
    const { act, shown, pass } = await startWithServer({}, "shelved");
    expect((await shown()).hostId).not.toBe("");
    expect((await act({ shelveOffload: null }, "admin")).status).toBe(202);
    expect(await shown()).toMatchObject({
      status: "SHELVED",
      [stateMembers.task]: "shelving_offloading",
    });
    pass(300);
    expect(await shown()).toMatchObject({ status: "SHELVED_OFFLOADED", hostId: "" });
  });
});

describe("the destination of an unshelve", () => {
  const at = async (body: object, version: string, as = "demo") => {
    const cloud = await startShelvable();
    await cloud.act({ shelve: null });
    cloud.pass(1_000);
    const reply = await cloud.act({ unshelve: body }, as, version);
    const error = reply.text === "" ? null : Object.values<{ message: string }>(reply.json)[0];
    return { ...cloud, status: reply.status, message: error?.message };
  };

  test("is any zone up to 2.76, whatever the value; from 2.77 on an existing zone", async () => {
    expect((await at({ availability_zone: "mars" }, "2.76")).status).toBe(202);
    expect(await at({ availability_zone: "mars" }, "2.77")).toMatchObject({
      status: 400,
      message: "The requested availability zone is not available",
    });
    expect((await at({}, "2.77")).status).toBe(400);
    expect((await at({ availability_zone: null }, "2.90")).status).toBe(400);
    const { status, pass, shown } = await at({ availability_zone: "nova" }, "2.77");
    expect(status).toBe(202);
    pass(1_000);
    expect(await shown()).toMatchObject({ pinned_availability_zone: "nova", status: "ACTIVE" });
  });

  test("may be a host from 2.91 on, for administrators", async () => {
    const host = "novaless-3";
    expect(await at({ host }, "2.91")).toMatchObject({
      status: 403,
      message: "Policy doesn't allow os_compute_api:os-shelve:unshelve_to_host to be performed.",
    });
    expect(await at({ host: "nowhere" }, "2.91", "admin")).toMatchObject({
      status: 400,
      message: "Compute host nowhere could not be found.",
    });
    const there = await at({ host, availability_zone: null }, "2.91", "admin");
    expect(there.status).toBe(202);
    there.pass(1_000);
    expect(await there.shown("admin")).toMatchObject({
      "OS-EXT-SRV-ATTR:host": host,
      pinned_availability_zone: null,
    });
    expect((await at({}, "2.91")).status).toBe(202);
  });

  test("is an aggregate's zone and a host in it", async () => {
    const { call, act, pass, shown } = await startShelvable();
    const admin = (path: string, body: object) =>
      call("POST", `/v2.1/os-aggregates${path}`, { as: "admin", body });
    const aggregate = { name: "far", availability_zone: "mars" };
    const { id } = (await admin("", { aggregate })).json.aggregate;
    await admin(`/${id}/action`, { add_host: { host: "novaless-4" } });
    const put = async (unshelve: object) => {
      await act({ shelve: null });
      pass(1_000);
      const reply = await act({ unshelve }, "admin", "2.91");
      pass(1_000);
      return reply;
    };
    const wrong = await put({ availability_zone: "mars", host: "novaless-1" });
    expect([wrong.status, wrong.json.conflictingRequest.message]).toEqual([
      409,
      'Host "novaless-1" is not in the availability zone "mars".',
    ]);
    expect((await put({ availability_zone: "mars" })).status).toBe(202);
    expect(await shown("admin")).toMatchObject({
      "OS-EXT-SRV-ATTR:host": "novaless-4",
      "OS-EXT-AZ:availability_zone": "mars",
    });
    // The server stays pinned until it is unpinned.
    expect((await put({ host: "novaless-1" })).status).toBe(409);
    expect((await put({ availability_zone: null, host: "novaless-1" })).status).toBe(202);
    expect((await shown())["OS-EXT-AZ:availability_zone"]).toBe("nova");
  });

  test("without a free host leaves the server as it was", async () => {
    const { call, act, pass, shown, shelved, actions } = await startShelvable();
    await act({ shelve: null });
    pass(1_000);
    for (const host of [1, 2, 3, 4].map((number) => `novaless-${number}`))
      await call("PUT", "/v2.1/os-services/disable", {
        as: "admin",
        body: { host, binary: "nova-compute" },
      });
    expect((await act({ unshelve: null })).status).toBe(202);
    expect((await shown())[stateMembers.task]).toBe("unshelving");
    pass(1_000);
    expect(await shown()).toMatchObject({ status: "SHELVED_OFFLOADED", hostId: "" });
    expect(await shelved()).toHaveLength(1);
    expect((await actions())[0]).toEqual(["unshelve", "Error"]);
  });

  test("is refused for a server still on its host", async () => {
    const { id, part } = await startWithServer({}, "shelved");
    const body = { unshelve: { availability_zone: "nova" } };
    const reply = await part("POST", "action", body, "2.77");
    expect([reply.status, reply.json.conflictingRequest.message]).toEqual([
      409,
      `Specifying an availability zone or a host when unshelving server "${id}" with status "shelved" is not supported. The server status must be SHELVED_OFFLOADED.`,
    ]);
    expect((await part("POST", "action", { unshelve: null }, "2.77")).status).toBe(202);
  });
});
