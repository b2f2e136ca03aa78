import { describe, expect, test } from "vitest";
import {
  hostCapacity,
  hostNames,
  noValidHostText,
} from "../../../lambdas/compute/model/host-filters.ts";
import type { VmState } from "../../../lambdas/compute/model/lifecycle.ts";
import { hostStateMaxAgeMs } from "../../../lambdas/compute/repositories/host-states.ts";
import { serviceStates } from "../../../lambdas/compute/repositories/hosts.ts";
import { startTime } from "../../support/cloud.ts";
import { neutronClient } from "../../support/network.ts";
import { spawningMs, startWithScheduling } from "../../support/scheduling.ts";
import { seedServer, settledServer } from "../../support/servers.ts";

const [first, second, third, fourth] = hostNames;

describe("E-18: a server that fits no host is accepted and becomes ERROR", () => {
  test.each([
    ["vcpus", { vcpus: hostCapacity.vcpus + 1 }, {}],
    ["a resource that no host has", {}, { "resources:CUSTOM_GOLD": "1" }],
    ["a trait that no host has", {}, { "trait:CUSTOM_GOLD": "required" }],
  ])("%s", async (_what, over, specs) => {
    const { admin, ask, shown, call, pass, flavored, environment } = await startWithScheduling();
    await admin("PUT", "/os-quota-class-sets/default", {
      quota_class_set: { cores: -1, ram: -1 },
    });
    const flavorRef = await flavored(over, specs);
    const { status, json } = await ask({ flavorRef });
    expect(status).toBe(202);
    const { id } = json.server;
    expect(await shown(id)).toMatchObject({ status: "BUILD", hostId: "" });
    pass(spawningMs);
    const server = await shown(id);
    expect(server).toMatchObject({
      status: "ERROR",
      "OS-EXT-STS:vm_state": "error",
      "OS-EXT-STS:task_state": null,
      "OS-EXT-SRV-ATTR:host": null,
      "OS-SRV-USG:launched_at": null,
      hostId: "",
      addresses: {},
    });
    expect(server.fault).toEqual({
      code: 500,
      created: "2026-01-15T12:00:00Z",
      message: noValidHostText,
      details: "Placement left no host.",
    });
    const mine = (await call("GET", `/v2.1/servers/${id}`)).json.server;
    expect(Object.keys(mine.fault)).toEqual(["code", "created", "message"]);
    // The server has no port and counts against the quota until it is deleted.
    expect(await neutronClient(call).list("ports", `?device_id=${id}`)).toEqual([]);
    const used = await environment.backend().servers.getUsage(mine.tenant_id);
    expect(used.instances).toBe(1);
    const actions = (await call("GET", `/v2.1/servers/${id}/os-instance-actions`)).json;
    expect(actions.instanceActions[0]).toMatchObject({ action: "create", message: "Error" });
    const start = await call("POST", `/v2.1/servers/${id}/action`, { body: { "os-start": null } });
    expect(start.status).toBe(409);
    expect((await call("DELETE", `/v2.1/servers/${id}`)).status).toBe(204);
  });

  test("servers of one request all get a host, or none does", async () => {
    const { ask, pass, group, call } = await startWithScheduling();
    const apart = await group({ policy: "anti-affinity" });
    const statuses = async () =>
      (await call("GET", "/v2.1/servers/detail")).json.servers.map(
        (one: { status: string }) => one.status,
      );
    await ask({ min_count: 5 }, { group: apart });
    pass(spawningMs);
    expect(await statuses()).toEqual(Array(5).fill("ERROR"));
    await ask({ min_count: 4 }, { group: apart });
    pass(spawningMs);
    expect(await statuses()).toEqual([...Array(4).fill("ACTIVE"), ...Array(5).fill("ERROR")]);
  });

  test("an address outside all subnets fails, and so does a network without free addresses", async () => {
    const { boot, call } = await startWithScheduling();
    const { place, list } = neutronClient(call);
    const { network } = await place("10.9.0.0/30");
    const on = (more: object = {}) => boot({ networks: [{ uuid: network.id, ...more }] });
    const outside = await on({ fixed_ip: "10.10.0.1" });
    expect(outside).toMatchObject({ status: "ERROR", addresses: {} });
    expect(outside.fault.message).toBe(
      `Build of instance ${outside.id} aborted: Invalid input received: Fixed IP 10.10.0.1 is not a valid ip address for network ${network.id}.`,
    );
    // The router has one address, and one is free.
    expect((await on()).status).toBe("ACTIVE");
    const late = await on();
    expect(late.fault.message).toBe(
      `Build of instance ${late.id} aborted: Failed to allocate the network(s) with error No fixed IP addresses available for network: ${network.id}, not rescheduling.`,
    );
    expect(await list("ports", `?device_id=${late.id}`)).toEqual([]);
  });
});

test("E-19: a fault is shown only in ERROR or deleted", async () => {
  const { boot, admin, pass, flavored, call, table } = await startWithScheduling();
  const server = await boot({ flavorRef: await flavored({}, { "resources:VGPU": "1" }) });
  await call("DELETE", `/v2.1/servers/${server.id}`);
  pass(spawningMs);
  const deleted = await admin("GET", "/servers/detail?deleted=1&all_tenants=1");
  expect(deleted.json.servers[0]).toMatchObject({
    status: "DELETED",
    fault: { code: 500, message: noValidHostText },
  });
  const fault = { code: 404, message: "gone", details: "where", created: startTime };
  const mine = async (vm: VmState) => {
    const { id } = await seedServer(table, settledServer(vm, { fault }));
    return (await call("GET", `/v2.1/servers/${id}`)).json.server.fault;
  };
  // Details of codes other than 500 are shown to users too.
  expect(await mine("error")).toEqual({ ...fault, created: "2026-01-15T12:00:00Z" });
  for (const vm of ["active", "stopped", "shelved_offloaded", "soft-delete"] as const)
    expect(await mine(vm)).toBeUndefined();
});

test("E-20: a hostId has 56 digits, differs by project, and is empty without a host", async () => {
  const { ask, boot, shown } = await startWithScheduling();
  const fresh = await ask();
  expect((await shown(fresh.json.server.id)).hostId).toBe("");
  const [one, other] = [await boot(), await boot({}, {}, { as: "alt_demo" })];
  expect(one.hostId).toMatch(/^[0-9a-f]{56}$/);
  expect(other["OS-EXT-SRV-ATTR:host"]).toBe(one["OS-EXT-SRV-ATTR:host"]);
  expect(other.hostId).not.toBe(one.hostId);
  expect((await boot()).hostId).toBe(one.hostId);
});

describe("hosts that administrators close", () => {
  test("disabled, forced down or disabled as a host: no new server is placed there", async () => {
    const { bootedOn, boot, setServiceStatus, admin } = await startWithScheduling();
    expect(await bootedOn()).toBe(first);
    await setServiceStatus(first ?? "", "disable");
    expect(await bootedOn()).toBe(second);
    const service = (
      await admin("GET", "/os-services?host=novaless-2&binary=nova-compute", undefined, 53)
    ).json.services[0];
    await admin("PUT", `/os-services/${service.id}`, { forced_down: true }, 53);
    expect(await bootedOn()).toBe(third);
    await admin("PUT", `/os-hosts/${third}`, { status: "Disable" });
    expect(await bootedOn()).toBe(fourth);
    await setServiceStatus(fourth ?? "", "disable");
    expect(await boot()).toMatchObject({ status: "ERROR", fault: { message: noValidHostText } });
    await setServiceStatus(first ?? "", "enable");
    expect(await bootedOn()).toBe(first);
  });

  test("another process sees a change within ten seconds", async () => {
    const { bootedOn, environment, pass } = await startWithScheduling();
    expect(await bootedOn()).toBe(first);
    const state = { host: first ?? "", disabled: true, reason: null, forcedDown: false };
    await environment.backend().records.put(serviceStates, state.host, state);
    expect(await bootedOn()).toBe(first);
    pass(hostStateMaxAgeMs);
    expect(await bootedOn()).toBe(second);
  });
});
