import { describe, expect, test } from "vitest";
import { seedImages } from "../../../lambdas/image/model/image.ts";
import { startCloud } from "../../support/cloud.ts";
import { seedServer, settledServer } from "../../support/servers.ts";

async function startWithAdmin() {
  const cloud = await startCloud();
  const ask = (method: string, path: string, body?: unknown, n = 1, as = "admin") =>
    cloud.call(method, `/v2.1${path}`, {
      as,
      headers: { "x-openstack-nova-api-version": `2.${n}` },
      ...(body !== undefined && { body }),
    });
  return { ...cloud, ask };
}

describe("os-hosts", () => {
  test("a host is disabled and enabled, which stops new servers there, until 2.42", async () => {
    const { ask } = await startWithAdmin();
    const at = "/os-hosts/novaless-2";
    for (const power_action of ["startup", "shutdown", "reboot"])
      expect((await ask("GET", `${at}/${power_action}`)).json).toEqual({
        host: "novaless-2",
        power_action,
      });
    expect((await ask("PUT", at, { status: "disable", maintenance_mode: "Enable" })).json).toEqual({
      host: "novaless-2",
      status: "disabled",
      maintenance_mode: "on_maintenance",
    });
    const listed = async () =>
      (await ask("GET", "/os-hosts?zone=nova")).json.hosts.map(
        (one: { host_name: string }) => one.host_name,
      );
    expect(await listed()).toEqual(["novaless-1", "novaless-3", "novaless-4"]);
    expect((await ask("PUT", at, { maintenance_mode: "disable" })).json).toEqual({
      host: "novaless-2",
      maintenance_mode: "off_maintenance",
    });
    expect((await ask("PUT", at, { status: "ENABLE" })).json.status).toBe("enabled");
    expect(await listed()).toHaveLength(4);
    for (const late of ["startup", "shutdown", "reboot"])
      expect((await ask("GET", `${at}/${late}`, undefined, 43)).status).toBe(404);
    expect((await ask("PUT", at, { status: "enable" }, 43)).status).toBe(404);
  });

  test("an unknown host is not found, and an invalid change is refused", async () => {
    const { ask } = await startWithAdmin();
    for (const path of ["/startup", "/shutdown", "/reboot"])
      expect((await ask("GET", `/os-hosts/nowhere${path}`)).json.itemNotFound.message).toBe(
        "Host 'nowhere' is not mapped to any cell",
      );
    expect((await ask("PUT", "/os-hosts/nowhere", { status: "enable" })).status).toBe(404);
    const at = "/os-hosts/novaless-1";
    for (const body of [{}, { status: "off" }, { status: "enable", other: "enable" }])
      expect((await ask("PUT", at, body)).status).toBe(400);
  });
});

describe("os-instance_usage_audit_log", () => {
  test("the default period is the last whole month before now", async () => {
    const { ask, table } = await startWithAdmin();
    await seedServer(table, settledServer("active"));
    const log = (await ask("GET", "/os-instance_usage_audit_log")).json.instance_usage_audit_logs;
    expect(log).toMatchObject({
      period_beginning: "2025-12-01 00:00:00",
      period_ending: "2026-01-01 00:00:00",
      num_hosts: 4,
      num_hosts_done: 4,
      total_instances: 1,
      overall_status: "ALL hosts done. 0 errors.",
    });
    const ending = async (at: string) => {
      const { json } = await ask("GET", `/os-instance_usage_audit_log/${encodeURIComponent(at)}`);
      const { period_beginning: from, period_ending: to } = json.instance_usage_audit_log;
      return `${from.slice(0, 7)} ${to.slice(0, 7)}`;
    };
    expect(await ending("2024-03-31 00:00:00")).toBe("2024-02 2024-03");
    expect(await ending("2024-03-01 00:00:00")).toBe("2024-01 2024-02");
    expect(await ending("2024-03-01 00:00:00.000001")).toBe("2024-02 2024-03");
  });

  test.each(["invalid_time", "2024-02-30 00:00:00", "2024-01-01 24:00:00", "2024-01-01"])(
    "%s is no valid time",
    async (text) => {
      const { ask } = await startWithAdmin();
      const reply = await ask("GET", `/os-instance_usage_audit_log/${encodeURIComponent(text)}`);
      expect(reply.status).toBe(400);
      expect(reply.json.badRequest.message).toBe(`Invalid timestamp for date ${text}`);
    },
  );
});

describe("os-server-external-events", () => {
  const stranger = "0199340e-0f3e-4612-96be-6f1861b192b5";
  const at = "/os-server-external-events";

  test("each event reports whether it was accepted", async () => {
    const { ask, table } = await startWithAdmin();
    const { id } = await seedServer(table, settledServer("active"));
    const nowhere = await seedServer(table, settledServer("error", { host: "", launched: null }));
    const changed = { name: "network-changed", server_uuid: id };
    const all = await ask("POST", at, { events: [changed] });
    expect([all.status, all.json]).toEqual([
      200,
      { events: [{ ...changed, status: "completed", code: 200 }] },
    ]);
    const events = [
      { ...changed, server_uuid: id.toUpperCase(), status: "in-progress", tag: "x" },
      { ...changed, server_uuid: stranger },
      { name: "volume-extended", server_uuid: id },
      { ...changed, server_uuid: nowhere.id },
    ];
    const some = await ask("POST", at, { events }, 51);
    expect(some.status).toBe(207);
    expect(some.json.events.map(({ code }: { code: number }) => code)).toEqual([
      200, 404, 400, 422,
    ]);
  });

  test.each([
    ["volume-extended", 51],
    ["power-update", 76],
    ["accelerator-request-bound", 82],
    ["volume-reimaged", 93],
  ])("%s exists from 2.%d on", async (name, since) => {
    const { ask } = await startWithAdmin();
    const body = { events: [{ name, server_uuid: stranger, tag: "x" }] };
    expect((await ask("POST", at, body, since - 1)).status).toBe(400);
    expect((await ask("POST", at, body, since)).status).toBe(207);
    expect((await ask("POST", at, body, since, "demo")).status).toBe(403);
  });
});

describe("aggregates", () => {
  const reasonOf = (json: { badRequest?: { message: string } }) =>
    json.badRequest?.message.split("Reason: ")[1];

  test("a host is in one zone, and cannot leave it while it has servers", async () => {
    const { ask, table } = await startWithAdmin();
    for (const name of ["one", "two"])
      await ask("POST", "/os-aggregates", { aggregate: { name, availability_zone: name } });
    const act = (id: number, body: object) => ask("POST", `/os-aggregates/${id}/action`, body);
    const host = { host: "novaless-1" };
    await act(1, { add_host: host });
    const twice = await act(2, { add_host: host });
    expect(twice.status).toBe(409);
    expect(twice.json.conflictingRequest.message).toBe(
      "Cannot add host to aggregate 2. Reason: One or more hosts already in availability zone(s) ['one'].",
    );
    const rezone = (id: number, availability_zone: string | null) =>
      ask("PUT", `/os-aggregates/${id}`, { aggregate: { availability_zone } });
    expect((await rezone(1, "other")).json.aggregate.availability_zone).toBe("other");
    const { json } = await rezone(1, null);
    expect(json.badRequest.message).toBe(
      "Cannot update aggregate 1. Reason: Aggregate one does not support empty named availability zone.",
    );
    await seedServer(table, settledServer("active"));
    const taken = "One or more hosts contain instances in this zone.";
    expect(reasonOf((await rezone(1, "third")).json)).toBe(taken);
    expect((await rezone(1, "other")).status).toBe(200);
    const action = { set_metadata: { metadata: { availability_zone: "third" } } };
    expect((await act(1, action)).json.badRequest.message).toBe(
      `Cannot update metadata of aggregate 1. Reason: ${taken}`,
    );
    // Another aggregate without a zone may change.
    await ask("POST", "/os-aggregates", { aggregate: { name: "plain" } });
    expect((await act(3, { add_host: host })).status).toBe(200);
    expect(reasonOf((await rezone(3, "more")).json)).toBe(
      "One or more hosts already in availability zone(s) ['other'].",
    );
  });

  test("images are cached from 2.81 on, each once", async () => {
    const { ask } = await startWithAdmin();
    await ask("POST", "/os-aggregates", { aggregate: { name: "one" } });
    const cache = [{ id: seedImages[0]?.id }];
    const fetch = (id: number, body: object, n = 81) =>
      ask("POST", `/os-aggregates/${id}/images`, body, n);
    expect(await fetch(1, { cache })).toMatchObject({ status: 202, text: "" });
    expect((await fetch(1, { cache: [...cache, ...cache] })).json.badRequest.message).toBe(
      "Duplicate images in request",
    );
    expect((await fetch(2, { cache })).status).toBe(404);
    expect((await fetch(1, { cache: [] })).status).toBe(400);
    expect((await fetch(1, { cache }, 80)).status).toBe(404);
  });
});

test("a server without a host is on no hypervisor", async () => {
  const { ask, table } = await startWithAdmin();
  await seedServer(table, settledServer("error", { host: "", hostId: "", launched: null }));
  const hypervisors = (await ask("GET", "/os-hypervisors/detail")).json.hypervisors;
  expect(hypervisors.map((one: { running_vms: number }) => one.running_vms)).toEqual([0, 0, 0, 0]);
});
