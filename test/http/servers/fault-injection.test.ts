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
import { image, startWithFaults } from "../../support/faulty-server.ts";
import { seedServer, settledServer } from "../../support/servers.ts";

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
