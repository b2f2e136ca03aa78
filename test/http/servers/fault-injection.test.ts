import { describe, expect, test } from "vitest";
import {
  delayKey,
  failKey,
  requestedFailure,
} from "../../../lambdas/compute/model/fault-injection.ts";
import {
  allActions,
  type RequestedAction,
  requestedActionOf,
  ruleOf,
} from "../../../lambdas/compute/model/lifecycle.ts";
import type { Server } from "../../../lambdas/compute/model/server.ts";
import { seedImages } from "../../../lambdas/image/model/image.ts";
import { startCloud, startTime } from "../../support/cloud.ts";
import { requester, seedServer, settledServer } from "../../support/servers.ts";

const image = seedImages[0]?.id;

async function startWithFaults() {
  const cloud = await startCloud();
  const { call, table, servers, now } = cloud;
  const boot = async (metadata: Record<string, string>, over: object = {}) => {
    const server = { name: "web", imageRef: image, flavorRef: "1", metadata, ...over };
    const reply = await call("POST", "/v2.1/servers", { body: { server } });
    expect([reply.status, reply.text]).toEqual([202, expect.anything()]);
    return reply.json.server.id as string;
  };
  const shown = async (id: string, as = "demo") =>
    (await call("GET", `/v2.1/servers/${id}`, { as })).json.server;
  const events = async (id: string) => {
    const at = `/v2.1/servers/${id}/os-instance-actions`;
    const { instanceActions: all } = (await call("GET", at, { as: "admin" })).json;
    const one = await call("GET", `${at}/${all[0].request_id}`, { as: "admin" });
    return { ...all[0], ...one.json.instanceAction };
  };
  /** A resize of a server at store level; `given back` is the released quota. */
  async function resized(over: Partial<Server>) {
    const server = await seedServer(table, settledServer("active", over));
    let undone = 0;
    const compensate = async () => void undone++;
    const flavor = { id: "2", name: "m1.small", vcpus: 1, ram: 2_048, disk: 20 };
    const before = {
      flavor: server.flavor,
      host: server.host,
      hostId: server.hostId,
      until: now(),
      migration: 1,
    };
    await servers.transitionWith(
      server.project,
      server.id,
      "resize",
      now(),
      requester,
      async () => ({
        changes: { flavor, before, host: "novaless-2" },
        compensate,
      }),
    );
    return { server, undone };
  }
  return { ...cloud, boot, shown, events, resized };
}

describe("a server with a failure hint fails", () => {
  test("on create: with Nova's fault message", async () => {
    const { boot, shown, pass, events } = await startWithFaults();
    const id = await boot({ [failKey]: "create" });
    pass(500);
    expect(await shown(id)).toMatchObject({ status: "BUILD", "OS-EXT-STS:task_state": "spawning" });
    pass(500);
    const server = await shown(id, "admin");
    expect(server).toMatchObject({ status: "ERROR", hostId: "", addresses: {} });
    expect(server.fault).toEqual({
      code: 500,
      created: "2026-01-15T12:00:01Z",
      message: `Exceeded maximum number of retries. Exhausted all hosts available for retrying build failures for instance ${id}.`,
      details: `It was asked to fail, by ${failKey} in its metadata or its flavor's extra specs.`,
    });
    expect((await shown(id)).fault.details).toBeUndefined();
    expect(await events(id)).toMatchObject({ message: "Error", events: [{ result: "Error" }] });
  });

  test("on create: in scheduling, or for its flavor", async () => {
    const { boot, shown, pass, call } = await startWithFaults();
    const unplaced = await boot({ [failKey]: "createUnplaced" });
    pass(100);
    expect((await shown(unplaced)).fault.message).toMatch(/^No valid host was found/);
    const specs = { extra_specs: { [failKey]: "resize, create" } };
    const flavor = { name: "bad", ram: 512, vcpus: 1, disk: 1, id: "bad" };
    await call("POST", "/v2.1/flavors", { as: "admin", body: { flavor } });
    await call("POST", "/v2.1/flavors/bad/os-extra_specs", { as: "admin", body: specs });
    const bad = await boot({}, { flavorRef: "bad" });
    const fine = await boot({ [failKey]: "rebuild" });
    pass(1_000);
    expect((await shown(bad)).status).toBe("ERROR");
    expect((await shown(fine)).status).toBe("ACTIVE");
  });

  test("on another action: it keeps its state and releases what was reserved", async () => {
    const { resized, shown, pass, events } = await startWithFaults();
    const { server, undone } = await resized({ metadata: { [failKey]: "resize" } });
    expect(undone).toBe(1);
    expect((await shown(server.id)).status).toBe("RESIZE");
    pass(1_000);
    const seen = await shown(server.id, "admin");
    expect(seen).toMatchObject({
      status: "ERROR",
      flavor: { id: server.flavor?.id },
      "OS-EXT-SRV-ATTR:host": server.host,
      fault: { code: 500, message: "Resize error: it was asked to fail" },
    });
    expect(await events(server.id)).toMatchObject({ action: "resize", message: "Error" });
    const unplaced = await resized({ metadata: { [failKey]: "resizeUnplaced" } });
    pass(1_000);
    const active = await shown(unplaced.server.id);
    expect(active.status).toBe("ACTIVE");
    expect(active).not.toHaveProperty("fault");
    expect((await resized({ metadata: { [failKey]: "rebuild" } })).undone).toBe(0);
  });

  test("on rebuild, and no more once the hint is removed", async () => {
    const { table, call, shown, pass } = await startWithFaults();
    const { id } = await seedServer(
      table,
      settledServer("active", { metadata: { [failKey]: "rebuild" } }),
    );
    const at = `/v2.1/servers/${id}`;
    const rebuild = (more: object = {}) =>
      call("POST", `${at}/action`, { body: { rebuild: { imageRef: image, ...more } } });
    const reply = await rebuild({ name: "other" });
    expect([reply.status, reply.json.server.status]).toEqual([202, "REBUILD"]);
    pass(1_000);
    expect(await shown(id)).toMatchObject({
      status: "ERROR",
      name: reply.json.server.name,
      fault: { message: "Failed to deploy instance: it was asked to fail" },
    });
    // Nova changes metadata of a server in ERROR only on rebuild.
    const key = `${at}/metadata/${encodeURIComponent(failKey)}`;
    expect((await call("DELETE", key)).status).toBe(409);
    expect((await rebuild({ metadata: { role: "web" } })).status).toBe(202);
    pass(1_000);
    const well = await shown(id);
    expect(well.status).toBe("ACTIVE");
    expect(well).not.toHaveProperty("fault");
    // the new metadata may contain the hint
    await rebuild({ metadata: { [failKey]: "rebuild" } });
    pass(1_000);
    expect((await shown(id)).status).toBe("ERROR");
  });

  test("on resize through the API: it keeps its quota and host", async () => {
    const { boot, call, shown, pass, environment } = await startWithFaults();
    const id = await boot({ [failKey]: "resize", [delayKey]: "5" });
    pass(6_000);
    const { tenant_id: project } = await shown(id);
    const used = () => environment.backend().servers.getUsage(project);
    const before = await used();
    const body = { resize: { flavorRef: "2" } };
    expect((await call("POST", `/v2.1/servers/${id}/action`, { body })).status).toBe(202);
    pass(5_999);
    expect((await shown(id)).status).toBe("RESIZE");
    pass(1);
    expect(await shown(id, "admin")).toMatchObject({
      status: "ERROR",
      flavor: { id: "1" },
      "OS-EXT-SRV-ATTR:host": "novaless-1",
      fault: { message: "Resize error: it was asked to fail" },
    });
    expect(await used()).toEqual(before);
    const moves = (await call("GET", "/v2.1/os-migrations", { as: "admin" })).json.migrations;
    expect(moves).toMatchObject([{ instance_uuid: id, status: "error" }]);
  });

  test("on unshelve: on its host, or because no host is found", async () => {
    const { boot, call, shown, pass } = await startWithFaults();
    const statuses = { unshelve: "ERROR", unshelveUnplaced: "SHELVED_OFFLOADED" };
    for (const [way, status] of Object.entries(statuses)) {
      const id = await boot({ [failKey]: way });
      pass(1_000);
      const act = (body: object) => call("POST", `/v2.1/servers/${id}/action`, { body });
      await act({ shelve: null });
      pass(1_000);
      expect((await act({ unshelve: null })).status).toBe(202);
      pass(1_000);
      expect((await shown(id)).status).toBe(status);
    }
  });

  const failable = [
    ...new Set(allActions.filter((action) => ruleOf(action).failureOf).map(requestedActionOf)),
  ] satisfies RequestedAction[];

  test.each(failable)("%s has named failure variants", (action) => {
    const named = requestedFailure(action, { [failKey]: action });
    expect(named && ruleOf(named).failureOf).toBe(action);
    for (const way of allActions.filter((action) => ruleOf(action).failureOf === action))
      expect(requestedFailure(action, { [failKey]: `nothing, ${way}` })).toBe(way);
    expect(requestedFailure(action, { [failKey]: "" })).toBeNull();
    expect(requestedFailure(action, {})).toBeNull();
  });

  test("an action without a failure variant ignores the hint", async () => {
    const { table, call, shown, pass } = await startWithFaults();
    const { id } = await seedServer(
      table,
      settledServer("active", { metadata: { [failKey]: "stop,pause" } }),
    );
    await call("POST", `/v2.1/servers/${id}/action`, { body: { "os-stop": null } });
    pass(1_000);
    expect((await shown(id)).status).toBe("SHUTOFF");
  });
});

describe("a server with a delay hint is slow", () => {
  test("on create", async () => {
    const { boot, shown, pass, events } = await startWithFaults();
    const id = await boot({ [delayKey]: "30" });
    pass(30_000);
    expect((await shown(id)).status).toBe("BUILD");
    expect(await events(id)).toMatchObject({ events: [{ finish_time: null, result: null }] });
    pass(1_000);
    expect(await shown(id)).toMatchObject({
      status: "ACTIVE",
      "OS-SRV-USG:launched_at": "2026-01-15T12:00:31.000000",
    });
    expect(await events(id)).toMatchObject({
      events: [{ finish_time: "2026-01-15T12:00:31.000000", result: "Success" }],
    });
  });

  test("on another action, by the hint it had before", async () => {
    const { resized, servers, shown, pass, now } = await startWithFaults();
    const { server } = await resized({ metadata: { [delayKey]: "60" } });
    const { id, project } = server;
    pass(59_999);
    expect((await servers.get(project, id, now())).host).toBe(server.host);
    expect((await shown(id)).status).toBe("RESIZE");
    pass(1_001);
    expect((await servers.get(project, id, now())).host).toBe("novaless-2");
    expect((await shown(id)).status).toBe("VERIFY_RESIZE");
  });

  test.each([
    ["0.5", 500],
    ["soon", 0],
    ["-1", 0],
    ["99999", 3_600_000],
    ["", 0],
  ])("%j is %d ms", async (delay, longer) => {
    const { boot, servers, environment } = await startWithFaults();
    const id = await boot({ [delayKey]: delay });
    const project = await environment.backend().servers.getProjectId(id);
    expect((await servers.get(project, id, startTime)).motion.due).toBe(startTime + 1_000 + longer);
  });
});
