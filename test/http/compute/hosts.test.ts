import { expect, test } from "vitest";
import { startCloud } from "../../support/cloud.ts";
import { seedServer, settledServer } from "../../support/servers.ts";

async function startWithHosts() {
  const cloud = await startCloud();
  const server = await seedServer(cloud.table, settledServer("active"));
  const ask = (method: string, path: string, n = 1, body?: unknown, as = "admin") =>
    cloud.call(method, `/v2.1${path}`, {
      as,
      headers: { "x-openstack-nova-api-version": `2.${n}` },
      ...(body !== undefined && { body }),
    });
  return { ...cloud, server, ask };
}

const computeService = { host: "novaless-1", binary: "nova-compute" };

test("a hypervisor shows the resources of its servers, until 2.88", async () => {
  const { ask } = await startWithHosts();
  const [one] = (await ask("GET", "/os-hypervisors/detail")).json.hypervisors;
  expect(one).toMatchObject({ id: 1, running_vms: 1, vcpus_used: 1, memory_mb_used: 512 });
  expect(one.cpu_info).toBeTypeOf("string");
  expect((await ask("GET", "/os-hypervisors/1", 88)).status).toBe(400);
  const [late] = (await ask("GET", "/os-hypervisors/detail", 88)).json.hypervisors;
  expect(late).not.toHaveProperty("vcpus");
  expect(late.uptime).toBeNull();
  expect((await ask("GET", "/os-hypervisors/statistics", 88)).status).toBe(404);
});

test("a pattern finds hypervisors with their servers", async () => {
  const { ask, server } = await startWithHosts();
  const query = "?hypervisor_hostname_pattern=less&with_servers=true";
  const { hypervisors } = (await ask("GET", `/os-hypervisors${query}`, 53)).json;
  expect(hypervisors[0].servers).toEqual([{ name: server.name, uuid: server.id }]);
  const none = await ask("GET", "/os-hypervisors/nowhere/search");
  expect(none.json.itemNotFound.message).toBe("No hypervisor matching 'nowhere' could be found.");
  const paged = await ask("GET", `/os-hypervisors${query}&limit=1`, 53);
  expect(paged.status).toBe(400);
  expect((await ask("GET", "/os-hypervisors?limit=1", 33)).json.hypervisors_links).toHaveLength(1);
  expect((await ask("GET", "/os-hypervisors?marker=9", 33)).status).toBe(400);
});

test("services are disabled and enabled, by name and from 2.53 on by UUID", async () => {
  const { ask } = await startWithHosts();
  const state = async () =>
    (await ask("GET", "/os-services?binary=nova-compute", 53)).json.services[0];
  const reason = { ...computeService, disabled_reason: "broken" };
  expect((await ask("PUT", "/os-services/disable-log-reason", 1, reason)).json).toEqual({
    service: { ...computeService, status: "disabled", disabled_reason: "broken" },
  });
  expect(await state()).toMatchObject({ status: "disabled", disabled_reason: "broken" });
  const { id } = await state();
  const enabled = await ask("PUT", `/os-services/${id}`, 53, { status: "enabled" });
  expect(enabled.json.service).toMatchObject({ id, status: "enabled", disabled_reason: null });
  expect((await ask("PUT", `/os-services/${id}`, 53, {})).status).toBe(400);
  await ask("PUT", `/os-services/${id}`, 53, { forced_down: true });
  expect(await state()).toMatchObject({ state: "down", forced_down: true });
  expect((await ask("PUT", "/os-services/force-down", 1, computeService)).status).toBe(404);
  const spare = { host: "novaless", binary: "nova-conductor" };
  expect((await ask("PUT", "/os-services/disable", 1, spare)).json.badRequest.message).toBe(
    "Updating a nova-conductor service is not supported. Only nova-compute services can be updated.",
  );
  const nowhere = { ...computeService, host: "nowhere" };
  expect((await ask("PUT", "/os-services/disable", 1, nowhere)).json.itemNotFound.message).toBe(
    "Could not find binary nova-compute on host nowhere.",
  );
});

test("a service whose host has servers cannot be deleted", async () => {
  const { ask } = await startWithHosts();
  expect((await ask("DELETE", "/os-services/3")).status).toBe(409);
  expect((await ask("DELETE", "/os-services/9")).status).toBe(404);
  expect((await ask("DELETE", "/os-services/9", 53)).json.badRequest.message).toBe(
    "Invalid uuid 9",
  );
});

test("zones are visible to all, and their hosts to administrators", async () => {
  const { ask } = await startWithHosts();
  expect((await ask("GET", "/os-availability-zone", 1, undefined, "demo")).json).toEqual({
    availabilityZoneInfo: [{ zoneName: "nova", zoneState: { available: true }, hosts: null }],
  });
  const detail = "/os-availability-zone/detail";
  expect((await ask("GET", detail, 1, undefined, "demo")).json.forbidden.message).toBe(
    "Policy doesn't allow os_compute_api:os-availability-zone:detail to be performed.",
  );
  const zones = (await ask("GET", detail)).json.availabilityZoneInfo;
  expect(zones[1].hosts["novaless-1"]["nova-compute"]).toMatchObject({
    available: true,
    active: true,
  });
});

test("the id of a deleted aggregate is never reused", async () => {
  const { ask } = await startWithHosts();
  const add = async (name: string) =>
    (await ask("POST", "/os-aggregates", 1, { aggregate: { name } })).json.aggregate.id;
  const first = await add("one");
  await ask("DELETE", `/os-aggregates/${first}`);
  const rest = await Promise.all(["two", "three", "four"].map(add));
  expect(new Set([first, ...rest]).size).toBe(4);
});

test("aggregates have unique names and contain hosts", async () => {
  const { ask } = await startWithHosts();
  const add = (name: string) => ask("POST", "/os-aggregates", 41, { aggregate: { name } });
  const [first, second] = [await add("a"), await add("b")];
  expect([first.json.aggregate.id, second.json.aggregate.id]).toEqual([1, 2]);
  expect((await add("a")).json.conflictingRequest.message).toBe("Aggregate a already exists.");
  const act = (body: object) => ask("POST", "/os-aggregates/1/action", 1, body);
  const host = { host: "novaless-2" };
  expect((await act({ add_host: host })).json.aggregate.hosts).toEqual(["novaless-2"]);
  expect((await act({ add_host: host })).status).toBe(409);
  expect((await act({ add_host: { host: "nowhere" } })).status).toBe(404);
  const reply = await act({ set_metadata: { metadata: { a: "1", availability_zone: "az" } } });
  expect(reply.json.aggregate).toMatchObject({
    availability_zone: "az",
    metadata: { a: "1", availability_zone: "az" },
  });
  const unsaid = await act({ set_metadata: { metadata: { a: null } } });
  expect(unsaid.json.aggregate.metadata).toEqual({ availability_zone: "az" });
  expect((await ask("DELETE", "/os-aggregates/1")).status).toBe(400);
  await act({ remove_host: host });
  expect((await ask("DELETE", "/os-aggregates/1")).status).toBe(200);
  expect((await ask("GET", "/os-aggregates/1")).status).toBe(404);
  expect((await ask("GET", "/os-aggregates/x")).status).toBe(400);
  expect((await ask("GET", "/os-aggregates/-1")).status).toBe(404);
});

test("usage is counted in hours", async () => {
  const { ask, server } = await startWithHosts();
  const path = `/os-simple-tenant-usage/${server.project}?start=2026-01-15T11:30:00`;
  const { tenant_usage } = (await ask("GET", path)).json;
  expect(tenant_usage).toMatchObject({ total_hours: 0.5, total_memory_mb_usage: 256 });
  expect(tenant_usage.server_usages[0]).toMatchObject({ name: server.name, state: "active" });
  const before = `/os-simple-tenant-usage/${server.project}?start=2026-01-14T00:00:00&end=2026-01-15T00:00:00`;
  expect((await ask("GET", before)).json).toEqual({ tenant_usage: {} });
  expect((await ask("GET", path, 1, undefined, "alt_demo")).status).toBe(403);
  const listed = await ask("GET", "/os-simple-tenant-usage?start=2026-01-15T11:30:00&limit=1", 40);
  expect(listed.json.tenant_usages[0]).not.toHaveProperty("server_usages");
  expect(listed.json.tenant_usages_links[0].href).toContain(`marker=${server.id}`);
  expect((await ask("GET", "/os-simple-tenant-usage?start=soon")).status).toBe(400);
});
