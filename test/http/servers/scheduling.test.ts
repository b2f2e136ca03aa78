import { describe, expect, test } from "vitest";
import {
  hostCapacity,
  hostNames,
  noValidHostText,
} from "../../../lambdas/compute/model/host-filters.ts";
import type { VmState } from "../../../lambdas/compute/model/lifecycle.ts";
import { hostStateMaxAgeMs } from "../../../lambdas/compute/repositories/host-states.ts";
import { serviceStates } from "../../../lambdas/compute/repositories/hosts.ts";
import { seedImages } from "../../../lambdas/image/model/image.ts";
import { startCloud, startTime } from "../../support/cloud.ts";
import { neutronClient } from "../../support/network.ts";
import { seedServer, settledServer } from "../../support/servers.ts";

const spawningMs = 2_000;
const microversionHeader = (n: number) => ({ "x-openstack-nova-api-version": `2.${n}` });

async function startWithScheduling() {
  const cloud = await startCloud();
  const { call } = cloud;
  const admin = (method: string, path: string, body?: unknown, n = 1) =>
    call(method, `/v2.1${path}`, {
      as: "admin",
      headers: microversionHeader(n),
      ...(body !== undefined && { body }),
    });
  const ask = (over: object = {}, hints: object = {}, { n = 1, as = "demo" } = {}) =>
    call("POST", "/v2.1/servers", {
      as,
      headers: microversionHeader(n),
      body: {
        server: {
          name: "web",
          imageRef: seedImages[0]?.id,
          flavorRef: "1",
          ...(n >= 37 && { networks: "auto" }),
          ...over,
        },
        "os:scheduler_hints": hints,
      },
    });
  const shown = async (id: string, n = 1) =>
    (await admin("GET", `/servers/${id}`, undefined, n)).json.server;
  /** The administrator's view of a server after its build succeeded or failed. */
  const boot = async (over: object = {}, hints: object = {}, how = {}) => {
    const reply = await ask(over, hints, how);
    if (reply.status !== 202) throw new Error(reply.text);
    cloud.pass(spawningMs);
    return shown(reply.json.server.id);
  };
  const hostOf = (server: Record<string, unknown>) => server["OS-EXT-SRV-ATTR:host"];
  const bootedOn = async (over: object = {}, hints: object = {}, how = {}) =>
    hostOf(await boot(over, hints, how));
  const group = async (over: object, n = 64) =>
    (
      await call("POST", "/v2.1/os-server-groups", {
        headers: microversionHeader(n),
        body: { server_group: { name: "g", ...over } },
      })
    ).json.server_group.id;
  const setServiceStatus = (host: string, what: string) =>
    admin("PUT", `/os-services/${what}`, { host, binary: "nova-compute" });
  const flavored = async (over: object, extra_specs: object = {}) => {
    const flavor = { name: "odd", ram: 512, vcpus: 1, disk: 1, ...over };
    const { id } = (await admin("POST", "/flavors", { flavor })).json.flavor;
    await admin("POST", `/flavors/${id}/os-extra_specs`, { extra_specs });
    return id as string;
  };
  return { ...cloud, admin, ask, boot, bootedOn, hostOf, shown, group, setServiceStatus, flavored };
}

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

describe("availability zones are those of aggregates", () => {
  async function zoned() {
    const cloud = await startWithScheduling();
    const { admin } = cloud;
    const aggregate = { name: "rack", availability_zone: "az" };
    const { id } = (await admin("POST", "/os-aggregates", { aggregate })).json.aggregate;
    const act = (body: object) => admin("POST", `/os-aggregates/${id}/action`, body);
    await act({ add_host: { host: third } });
    return { ...cloud, act, id };
  }

  test("a server is placed in the requested zone, and shows the zone of its host", async () => {
    const { boot, hostOf, ask, call, setServiceStatus, admin } = await zoned();
    const server = await boot({ availability_zone: "az" });
    expect(hostOf(server)).toBe(third);
    expect(server["OS-EXT-AZ:availability_zone"]).toBe("az");
    expect((await boot())["OS-EXT-AZ:availability_zone"]).toBe("nova");
    const strange = await ask({ availability_zone: "else" });
    expect(strange.json.badRequest.message).toBe(
      "The requested availability zone is not available",
    );
    const zones = async () => (await call("GET", "/v2.1/os-availability-zone")).json;
    const zone = (zoneName: string, available: boolean) => ({
      zoneName,
      zoneState: { available },
      hosts: null,
    });
    expect((await zones()).availabilityZoneInfo).toEqual([zone("az", true), zone("nova", true)]);
    await setServiceStatus(third ?? "", "disable");
    expect((await zones()).availabilityZoneInfo).toEqual([zone("nova", true), zone("az", false)]);
    expect((await ask({ availability_zone: "az" })).status).toBe(400);
    const detail = (await admin("GET", "/os-availability-zone/detail")).json.availabilityZoneInfo;
    expect(detail.map(({ zoneName }: { zoneName: string }) => zoneName)).toEqual([
      "internal",
      "nova",
      "az",
    ]);
    expect(Object.keys(detail[1].hosts)).toEqual([first, second, fourth]);
    expect(detail[2].hosts).toBeNull();
  });

  test("an unshelved server goes to the requested zone and shows it", async () => {
    const { boot, hostOf, admin, pass, shown, setServiceStatus } = await zoned();
    const { id } = await boot();
    const act = (body: object, n = 91) => admin("POST", `/servers/${id}/action`, body, n);
    const put = async () => {
      await act({ shelve: null });
      pass(5_000);
    };
    await put();
    expect((await act({ unshelve: { availability_zone: "else" } })).status).toBe(400);
    const elsewhere = { unshelve: { availability_zone: "az", host: first } };
    expect((await act(elsewhere)).json.conflictingRequest.message).toBe(
      `Host "${first}" is not in the availability zone "az".`,
    );
    expect((await act({ unshelve: { availability_zone: "az" } })).status).toBe(202);
    pass(5_000);
    const back = await shown(id, 96);
    expect(hostOf(back)).toBe(third);
    expect(back["OS-EXT-AZ:availability_zone"]).toBe("az");
    expect(back["pinned_availability_zone"]).toBe("az");
    await put();
    await setServiceStatus(third ?? "", "disable");
    expect((await act({ unshelve: null })).status).toBe(202);
    pass(5_000);
    expect((await shown(id)).status).toBe("SHELVED_OFFLOADED");
    await act({ unshelve: { availability_zone: null } });
    pass(5_000);
    expect((await shown(id))["OS-EXT-AZ:availability_zone"]).toBe("nova");
  });

  test("an administrator requests a host with the zone, existing or not", async () => {
    const { boot, hostOf, ask } = await zoned();
    const as = { as: "admin" };
    expect(hostOf(await boot({ availability_zone: `nova:${second}` }, {}, as))).toBe(second);
    expect(hostOf(await boot({ availability_zone: `:${fourth}` }, {}, as))).toBe(fourth);
    expect(await boot({ availability_zone: "nova:nowhere" }, {}, as)).toMatchObject({
      status: "ERROR",
      fault: { message: noValidHostText },
    });
    expect((await boot({ availability_zone: `nova:${third}` }, {}, as)).status).toBe("ERROR");
    expect((await ask({ availability_zone: `nova:${second}` })).status).toBe(403);
    const late = { as: "admin", n: 74 };
    expect(hostOf(await boot({ host: second }, {}, late))).toBe(second);
    const nowhere = await ask({ host: "nowhere" }, {}, late);
    expect(nowhere.json.badRequest.message).toBe("Compute host nowhere could not be found.");
  });
});

describe("affinity hints", () => {
  test("same_host and different_host hints select and exclude hosts", async () => {
    const { boot, bootedOn } = await startWithScheduling();
    const { id } = await boot();
    expect(await bootedOn({}, { different_host: id })).toBe(second);
    expect(await bootedOn({}, { different_host: [id.toUpperCase()] })).toBe(second);
    expect(await bootedOn({}, { same_host: [id] })).toBe(first);
    const stranger = "0199340e-0f3e-4612-96be-6f1861b192b5";
    expect(await bootedOn({}, { different_host: stranger })).toBe(first);
    expect((await boot({}, { same_host: stranger })).status).toBe("ERROR");
  });

  test("a group keeps servers apart, together, or tries to", async () => {
    const { bootedOn, boot, group, setServiceStatus, call, pass } = await startWithScheduling();
    const apart = await group({ policy: "anti-affinity" });
    const spread = [];
    for (let made = 0; made < 4; made++) spread.push(await bootedOn({}, { group: apart }));
    expect(spread).toEqual(hostNames);
    const fifth = await boot({}, { group: apart });
    expect(fifth).toMatchObject({
      status: "ERROR",
      fault: { message: noValidHostText, details: "ServerGroupAntiAffinityFilter left no host." },
    });
    // A deleted member frees its host at once.
    const servers = (await call("GET", "/v2.1/servers/detail?status=ACTIVE")).json.servers;
    await call("DELETE", `/v2.1/servers/${servers[0].id}`);
    pass(1_000);
    expect(await bootedOn({}, { group: apart })).toBe(fourth);
    const together = await group({ policy: "affinity" });
    await setServiceStatus(first ?? "", "disable");
    expect(await bootedOn({}, { group: together })).toBe(second);
    await setServiceStatus(first ?? "", "enable");
    expect(await bootedOn({}, { group: together })).toBe(second);
    await setServiceStatus(second ?? "", "disable");
    expect((await boot({}, { group: together })).status).toBe("ERROR");
  });

  test("a moved member avoids the other members' hosts and is excluded from its own affinity hosts", async () => {
    const { boot, group, admin, pass, shown, hostOf } = await startWithScheduling();
    const apart = await group({ policy: "anti-affinity" });
    const [one] = [await boot({}, { group: apart }), await boot({}, { group: apart })];
    const migrate = async (id: string) => {
      expect((await admin("POST", `/servers/${id}/action`, { migrate: null })).status).toBe(202);
      pass(spawningMs);
      return shown(id);
    };
    expect(hostOf(await migrate(one.id))).toBe(third);
    const together = await group({ policy: "affinity" });
    const lone = await boot({}, { group: together });
    expect(hostOf(await migrate(lone.id))).toBe(second);
    const pair = { group: await group({ policy: "affinity" }) };
    const [bound] = [await boot({}, pair), await boot({}, pair)];
    const kept = await migrate(bound.id);
    expect([kept.status, hostOf(kept)]).toEqual(["ACTIVE", first]);
  });

  test("from 2.64 on a host takes at most max_server_per_host members", async () => {
    const { bootedOn, group } = await startWithScheduling();
    const pairs = await group({ policy: "anti-affinity", rules: { max_server_per_host: 2 } });
    const hosts = [];
    for (let made = 0; made < 5; made++) hosts.push(await bootedOn({}, { group: pairs }));
    expect(hosts).toEqual([first, first, second, second, third]);
    const softly = await group({ policy: "soft-anti-affinity" });
    const soft = [];
    for (let made = 0; made < 5; made++) soft.push(await bootedOn({}, { group: softly }));
    expect(soft).toEqual([first, second, third, fourth, first]);
  });

  test("of eight concurrent anti-affinity creates four get a host and four find none", async () => {
    const { ask, group, pass, admin } = await startWithScheduling();
    const apart = await group({ policy: "anti-affinity" });
    await Promise.all(Array.from({ length: 8 }, () => ask({}, { group: apart })));
    pass(spawningMs);
    const { servers } = (await admin("GET", "/servers/detail?all_tenants=1")).json;
    const hosts = servers.map((one: Record<string, unknown>) => one["OS-EXT-SRV-ATTR:host"]);
    expect(hosts.filter((host: unknown) => host === null)).toHaveLength(4);
    expect(hosts.filter((host: unknown) => host !== null).sort()).toEqual(hostNames);
  });

  test("a flavor can require the metadata of an aggregate", async () => {
    const { admin, flavored, bootedOn, boot } = await startWithScheduling();
    const key = "aggregate_instance_extra_specs:ssd";
    const flavorRef = await flavored({}, { [key]: "true" });
    expect((await boot({ flavorRef })).status).toBe("ERROR");
    await admin("POST", "/os-aggregates", { aggregate: { name: "fast" } });
    const act = (body: object) => admin("POST", "/os-aggregates/1/action", body);
    await act({ add_host: { host: third } });
    await act({ set_metadata: { metadata: { ssd: "true" } } });
    expect(await bootedOn({ flavorRef })).toBe(third);
  });
});
