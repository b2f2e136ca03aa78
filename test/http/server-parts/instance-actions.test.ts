import { describe, expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import { seedImages } from "../../../lambdas/image/model/image.ts";
import { accountId } from "../../support/accounts.ts";
import { startCloud } from "../../support/cloud.ts";
import { startWithServer } from "../../support/with-server.ts";

const { id: demoProjectId } = projects.demo;

const latestVersionHeader = { "openstack-api-version": "compute latest" };

async function startWithHistory() {
  const cloud = await startCloud();
  const { call, pass } = cloud;
  const requests: (string | null)[] = [];
  const server = { name: "web", imageRef: seedImages[0]?.id, flavorRef: "1" };
  const created = await call("POST", "/v2.1/servers", { body: { server } });
  requests.unshift(created.headers.get("x-compute-request-id"));
  const at = `/v2.1/servers/${created.json.server.id}`;
  for (const [body, as, after] of [
    [{ "os-stop": null }, "admin", 10_000],
    [{ "os-start": null }, "demo", 10_000],
    [{ reboot: { type: "SOFT" } }, "demo", 10_000],
    [{ reboot: { type: "HARD" } }, "demo", 400],
  ] as const) {
    pass(after);
    const { headers, status } = await call("POST", `${at}/action`, { as, body });
    expect(status).toBe(202);
    requests.unshift(headers.get("x-compute-request-id"));
  }
  return {
    ...cloud,
    id: created.json.server.id as string,
    at,
    requests,
    list: (query = "", headers: Record<string, string> = latestVersionHeader, as = "demo") =>
      call("GET", `${at}/os-instance-actions${query}`, { headers, as }),
    show: (request: unknown, headers: Record<string, string> = latestVersionHeader, as = "demo") =>
      call("GET", `${at}/os-instance-actions/${request}`, { headers, as }),
  };
}

describe("the instance actions of a server", () => {
  test("are listed newest first, by the request id of each response", async () => {
    const { list, requests, id } = await startWithHistory();
    const { json } = await list("", {});
    const actions = json.instanceActions;
    expect(actions.map((one: { request_id: string }) => one.request_id)).toEqual(requests);
    expect(actions.map((one: { action: string }) => one.action)).toEqual([
      "reboot",
      "reboot",
      "start",
      "stop",
      "create",
    ]);
    expect(actions.at(-1)).toEqual({
      action: "create",
      instance_uuid: id,
      request_id: requests.at(-1),
      user_id: accountId("demo"),
      project_id: demoProjectId,
      start_time: "2026-01-15T12:00:00.000000",
      message: null,
    });
    expect(actions[3]).toMatchObject({
      user_id: accountId("admin"),
      project_id: projects.admin.id,
    });
  });

  test("have an event, shown to administrators at once and to users from 2.51 on", async () => {
    const { show, requests } = await startWithHistory();
    const create = requests.at(-1);
    expect((await show(create, {})).json.instanceAction).not.toHaveProperty("events");
    expect((await show(create, {}, "admin")).json.instanceAction.events).toEqual([
      {
        event: "compute__do_build_and_run_instance",
        start_time: "2026-01-15T12:00:00.000000",
        finish_time: "2026-01-15T12:00:01.000000",
        result: "Success",
        traceback: null,
      },
    ]);
    const at = (version: string) => ({ "openstack-api-version": `compute ${version}` });
    const keys = async (version: string, as?: string) =>
      Object.keys((await show(create, at(version), as)).json.instanceAction.events?.[0] ?? {});
    const plain = ["event", "start_time", "finish_time", "result"];
    expect(await keys("2.50")).toEqual([]);
    expect(await keys("2.51")).toEqual(plain);
    expect(await keys("2.62")).toEqual([...plain, "hostId"]);
    expect(await keys("2.84")).toEqual([...plain, "hostId"]);
    expect(await keys("2.62", "admin")).toEqual([...plain, "traceback", "host", "hostId"]);
    expect(await keys("2.84", "admin")).toEqual([
      ...[...plain, "traceback", "host", "hostId", "details"],
    ]);
  });

  test("are unfinished until due, and errors when interrupted", async () => {
    const { show, requests, pass } = await startWithHistory();
    const [hard, soft] = requests;
    expect((await show(hard)).json.instanceAction).toMatchObject({
      updated_at: "2026-01-15T12:00:30.400000",
      message: null,
      events: [{ finish_time: null, result: null }],
    });
    expect((await show(soft)).json.instanceAction).toMatchObject({
      start_time: "2026-01-15T12:00:30.000000",
      updated_at: "2026-01-15T12:00:30.400000",
      message: "Error",
      events: [{ finish_time: "2026-01-15T12:00:30.400000", result: "Error" }],
    });
    pass(1_000);
    expect((await show(hard)).json.instanceAction).toMatchObject({
      updated_at: "2026-01-15T12:00:31.400000",
      events: [{ finish_time: "2026-01-15T12:00:31.400000", result: "Success" }],
    });
  });

  test("are paged from 2.58 on", async () => {
    const { list, requests, at: origin, id } = await startWithHistory();
    const first = (await list("?limit=2")).json;
    expect(first.instanceActions.map((one: { request_id: string }) => one.request_id)).toEqual(
      requests.slice(0, 2),
    );
    expect(first.links).toEqual([
      {
        rel: "next",
        href: expect.stringMatching(
          new RegExp(`${origin}/os-instance-actions\\?limit=2&marker=${requests[1]}$`),
        ),
      },
    ]);
    const rest = (await list(`?marker=${requests[1]}`)).json;
    expect(rest.instanceActions).toHaveLength(3);
    expect(rest).not.toHaveProperty("links");
    expect((await list("?limit=0")).json).toEqual({ instanceActions: [] });
    expect((await list("?marker=req-none")).json.badRequest.message).toBe(
      "Marker req-none could not be found.",
    );
    for (const query of ["?limit=-1", "?limit=x", "?limit=1&limit=2", "?zz=1", "?changes-since=x"])
      expect((await list(query)).status).toBe(400);
    expect((await list("?limit=1&zz=1", {})).json.instanceActions).toHaveLength(5);
    expect(id).toBeTypeOf("string");
  });

  test("are filtered by time of change", async () => {
    const { list } = await startWithHistory();
    const count = async (query: string) => (await list(query)).json.instanceActions?.length;
    expect(await count("?changes-since=2026-01-15T12:00:11Z")).toBe(4);
    expect(await count("?changes-since=2026-01-15T12:00:12Z")).toBe(3);
    expect(await count("?changes-before=2026-01-15T12:00:11Z")).toBe(2);
    expect(
      await count("?changes-since=2026-01-15T12:00:11Z&changes-before=2026-01-15T12:00:11Z"),
    ).toBe(1);
    const since = await list(
      "?changes-since=2026-01-15T12:00:11Z&changes-before=2026-01-15T12:00:10Z",
    );
    expect(since.json.badRequest.message).toBe(
      "The value of changes-since must be less than or equal to changes-before.",
    );
    const before = "?changes-before=2026-01-15T12:00:11Z";
    expect((await list(before, { "openstack-api-version": "compute 2.65" })).status).toBe(400);
  });

  test("of a deleted server are shown from 2.21 on", async () => {
    const { list, call, at, pass, id } = await startWithHistory();
    pass(10_000);
    const { headers } = await call("DELETE", at);
    await call("DELETE", at);
    pass(10_000);
    const { json } = await list("", { "openstack-api-version": "compute 2.21" });
    expect(json.instanceActions).toHaveLength(6);
    expect(json.instanceActions[0]).toMatchObject({
      action: "delete",
      request_id: headers.get("x-compute-request-id"),
    });
    expect((await list("", {})).json.itemNotFound.message).toBe(
      `Instance ${id} could not be found.`,
    );
  });

  test("are hidden from other projects, and an unknown request id is not found", async () => {
    const { list, show } = await startWithHistory();
    expect((await list("", {}, "alt_demo")).status).toBe(404);
    expect((await list("", {}, "reader")).status).toBe(200);
    expect((await list("", {}, "admin")).status).toBe(200);
    expect((await show("req-none")).json).toEqual({
      itemNotFound: { message: "Action req-none not found", code: 404 },
    });
  });
});

describe("an action that changes no state", () => {
  test("is recorded: locks, with an event of the API", async () => {
    const { act, part, pass } = await startWithServer();
    await act({ lock: null });
    expect((await act({ lock: null })).status).toBe(202);
    pass(1_000);
    const { headers } = await act({ unlock: null });
    const { instanceActions } = (await part("GET", "os-instance-actions")).json;
    expect(instanceActions.map((one: { action: string }) => one.action)).toEqual([
      "unlock",
      "lock",
    ]);
    const request = headers.get("x-compute-request-id");
    const { json } = await part("GET", `os-instance-actions/${request}`, undefined, "2.51");
    expect(json.instanceAction.events).toEqual([
      {
        event: "api_unlock",
        start_time: "2026-01-15T12:00:01.000000",
        finish_time: "2026-01-15T12:00:01.000000",
        result: "Success",
      },
    ]);
  });

  test("interrupts no transition", async () => {
    const { act, part, pass } = await startWithServer();
    await act({ "os-stop": null });
    pass(100);
    await act({ lock: null });
    pass(10_000);
    const { instanceActions } = (await part("GET", "os-instance-actions")).json;
    expect(instanceActions).toMatchObject([
      { action: "lock", message: null },
      { action: "stop", message: null },
    ]);
  });
});
