import { describe, expect, test } from "vitest";
import { startShelvable, stateMembers } from "../../support/shelvable-server.ts";
import { startWithServer } from "../../support/with-server.ts";

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
