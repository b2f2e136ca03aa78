import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { matchesExtraSpec } from "../../lambdas/compute/model/extra-spec.ts";
import {
  type AffinityHosts,
  availabilityZones,
  type HostState,
  hostCapacity,
  hostNames,
  type RequestSpec,
  selectHosts,
} from "../../lambdas/compute/model/host-filters.ts";

const smallFlavor = { id: "1", name: "m1.tiny", vcpus: 1, ram: 512, disk: 1 };
const anyRequest: RequestSpec = {
  flavor: smallFlavor,
  zone: null,
  requestedDestination: null,
  ignoreHosts: [],
  hints: {},
};
const noAffinity: AffinityHosts = { sameHost: null, differentHost: [], group: null };
const hostState = (name: string, over: Partial<HostState> = {}): HostState => ({
  name,
  disabled: false,
  isDown: false,
  zone: "nova",
  aggregates: [],
  ...over,
});
const hosts = hostNames.map((name) => hostState(name));
const [first = "", second = "", third = ""] = hostNames;

const selectNames = (
  spec: Partial<RequestSpec>,
  candidates: readonly HostState[] = hosts,
  company: Partial<AffinityHosts> = {},
) => {
  const placing = selectHosts({ ...anyRequest, ...spec }, 1, candidates, {
    ...noAffinity,
    ...company,
  });
  return "none" in placing ? placing : placing.hosts[0];
};
const withExtraSpecs = (extraSpecs: Record<string, string>) => ({
  flavor: { ...smallFlavor, extraSpecs },
});

describe("a server gets the first host that passes all filters", () => {
  test("a disabled, forced down or excluded host is never selected", () => {
    const shut = [
      hostState(first, { disabled: true }),
      hostState(second, { isDown: true }),
      hostState(third),
    ];
    expect(selectNames({}, shut)).toBe(third);
    expect(selectNames({ ignoreHosts: [third] }, shut)).toEqual({ none: "RequestedDestination" });
    expect(selectNames({}, [hostState(first, { disabled: true })])).toEqual({
      none: "ComputeFilter",
    });
    expect(selectNames({ requestedDestination: second })).toBe(second);
    expect(selectNames({ requestedDestination: "nowhere" })).toEqual({
      none: "RequestedDestination",
    });
  });

  test("a zone is requested by name", () => {
    const zoned = [hostState(first), hostState(second, { zone: "az" })];
    expect(selectNames({ zone: "az" }, zoned)).toBe(second);
    expect(selectNames({ zone: "az", requestedDestination: first }, zoned)).toEqual({
      none: "RequestedDestination",
    });
    expect(selectNames({ zone: "else" }, zoned)).toEqual({ none: "AvailabilityZoneFilter" });
    expect(
      availabilityZones([...zoned, hostState(third, { zone: "off", disabled: true })]),
    ).toEqual({
      available: ["az", "nova"],
      notAvailable: ["off"],
    });
  });

  test.each([
    { vcpus: hostCapacity.vcpus + 1 },
    { ram: hostCapacity.memory + 1 },
    { disk: hostCapacity.disk + 1 },
    { disk: hostCapacity.disk, ephemeral: 1 },
    { disk: hostCapacity.disk, swap: 1 },
  ])("a request larger than every host finds none: %j", (over) => {
    expect(selectNames({ flavor: { ...smallFlavor, ...over } })).toEqual({ none: "Placement" });
  });

  test.each([
    [{ "resources:CUSTOM_GPU": "1" }, false],
    [{ "resources1:VGPU": "1" }, false],
    [{ "resources:VGPU": "0" }, true],
    [{ "resources:VCPU": "1001" }, false],
    [{ "resources:MEMORY_MB": "0", "resources:DISK_GB": "2" }, true],
    [{ "trait:HW_CPU_X86_AVX": "required" }, false],
    [{ "trait:HW_CPU_X86_AVX": "forbidden" }, true],
    [{ "trait:COMPUTE_NODE": "required" }, true],
    [{ anything: "else" }, true],
  ])("a flavor's resource and trait requirements count: %j", (specs, fits) => {
    expect(selectNames(withExtraSpecs(specs))).toEqual(fits ? first : { none: "Placement" });
  });

  test("an aggregate sets metadata of its hosts", () => {
    const gathered = [hostState(first), hostState(second, { aggregates: [{ ssd: "true, fast" }] })];
    const specWith = (value: string) =>
      withExtraSpecs({ "aggregate_instance_extra_specs:ssd": value });
    expect(selectNames(specWith("fast"), gathered)).toBe(second);
    expect(selectNames(specWith("<or> slow <or> true"), gathered)).toBe(second);
    expect(selectNames(specWith("slow"), gathered)).toEqual({
      none: "AggregateInstanceExtraSpecsFilter",
    });
  });

  test("same_host and different_host hints select and exclude hosts", () => {
    expect(selectNames({}, hosts, { sameHost: [third, second] })).toBe(second);
    expect(selectNames({}, hosts, { sameHost: [] })).toEqual({ none: "SameHostFilter" });
    expect(selectNames({}, hosts, { differentHost: [first, second] })).toBe(third);
    expect(selectNames({}, hosts, { differentHost: hostNames })).toEqual({
      none: "DifferentHostFilter",
    });
  });
});

const policies = ["affinity", "anti-affinity", "soft-affinity", "soft-anti-affinity"] as const;

test("a group's policy holds for any number of servers, wherever its members are", () => {
  const settings = fc.record({
    policy: fc.constantFrom(...policies),
    most: fc.integer({ min: 1, max: 3 }),
    members: fc.array(fc.constantFrom(...hostNames), { maxLength: 6 }),
    count: fc.integer({ min: 1, max: 14 }),
    shut: fc.subarray([...hostNames]),
  });
  fc.assert(
    fc.property(settings, ({ policy, most, members, count, shut }) => {
      const candidates = hostNames.map((name) =>
        hostState(name, { disabled: shut.includes(name) }),
      );
      const group = { policy, maxServerPerHost: most, hosts: members };
      const placing = selectHosts(anyRequest, count, candidates, { ...noAffinity, group });
      const open = hostNames.filter((name) => !shut.includes(name));
      const on = (name: string, of: readonly string[]) => of.filter((one) => one === name).length;
      if ("none" in placing) {
        const room = open.reduce((sum, name) => sum + Math.max(0, most - on(name, members)), 0);
        const kept = members.length === 0 || open.some((name) => members.includes(name));
        expect(
          open.length === 0 ||
            (policy === "anti-affinity" && room < count) ||
            (policy === "affinity" && !kept),
        ).toBe(true);
        return;
      }
      expect(placing.hosts).toHaveLength(count);
      for (const name of placing.hosts) expect(open).toContain(name);
      const all = [...members, ...placing.hosts];
      if (policy === "anti-affinity")
        for (const name of placing.hosts) expect(on(name, all)).toBeLessThanOrEqual(most);
      if (policy === "affinity" && members.length > 0)
        for (const name of placing.hosts) expect(members).toContain(name);
      if (policy === "affinity") expect(new Set(placing.hosts).size).toBe(1);
      if (policy === "soft-anti-affinity" && members.length === 0)
        expect(new Set(placing.hosts).size).toBe(Math.min(count, open.length));
    }),
  );
});

test.each([
  ["7", ">= 5", true],
  ["7", "== 8", false],
  ["7", "!= 8", true],
  ["7", "= 6", true],
  ["7", "<= 6", false],
  ["ssd", "s== ssd", true],
  ["ssd", "s!= ssd", false],
  ["a", "s< b", true],
  ["a", "s<= a", true],
  ["a", "s> b", false],
  ["a", "s>= a", true],
  ["abc", "<in> b", true],
  ["abc", "<all-in> a d", false],
  ["b", "<or> a <or> b", true],
  ["<or>", "<or> a <or> b", false],
  ["5", ">=", false],
  ["plain words", "plain words", true],
])("%j satisfies %j: %j", (value, requirement, is) => {
  expect(matchesExtraSpec(value, requirement)).toBe(is);
});
