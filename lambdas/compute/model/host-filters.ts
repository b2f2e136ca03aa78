/**
 * Host selection by Nova's filters (nova/scheduler/manager.py:169). The first of the best hosts
 * wins, so that equal requests get equal answers.
 */
import { matchesExtraSpec } from "./extra-spec.ts";
import type { BootFlavor } from "./server.ts";

/** nova/objects/request_spec.py. */
export interface RequestSpec {
  readonly flavor: BootFlavor | null;
  /** null for any zone. */
  readonly zone: string | null;
  /** null for any host. */
  readonly requestedDestination: string | null;
  /** The host that a server is leaving. */
  readonly ignoreHosts: readonly string[];
  /** `group`, `same_host` and `different_host`. */
  readonly hints: Readonly<Record<string, unknown>>;
  /** The server being moved: excluded from its own affinity hosts. */
  readonly server?: string;
}

/** nova/scheduler/host_manager.py. */
export interface HostState {
  readonly name: string;
  readonly disabled: boolean;
  readonly isDown: boolean;
  readonly zone: string;
  /** The metadata of its aggregates. */
  readonly aggregates: readonly Readonly<Record<string, string>>[];
}

export interface AffinityHosts {
  /** null where no hint names a server. */
  readonly sameHost: readonly string[] | null;
  readonly differentHost: readonly string[];
  readonly group: GroupHosts | null;
}

interface GroupHosts {
  readonly policy: string;
  /** For anti-affinity. */
  readonly maxServerPerHost: number;
  /** One entry per member. */
  readonly hosts: readonly string[];
}

/** The simulated hosts. */
export const hostNames: readonly string[] = [1, 2, 3, 4].map((number) => `novaless-${number}`);

/** Values of the fake driver; also the maximum of one server (nova/virt/fake.py:549). */
export const hostCapacity = { vcpus: 1_000, memory: 800_000, disk: 600_000 } as const;

/** nova/availability_zones.py:130. */
export function availabilityZones(hosts: readonly Pick<HostState, "zone" | "disabled">[]) {
  const zonesWhere = (disabled: boolean) =>
    hosts.filter((host) => host.disabled === disabled).map(({ zone }) => zone);
  const available = [...new Set(zonesWhere(false))].sort();
  const notAvailable = [...new Set(zonesWhere(true))]
    .filter((zone) => !available.includes(zone))
    .sort();
  return { available, notAvailable };
}

interface HostFilter {
  /** Nova's filter name; "Placement" for checks that Nova leaves to Placement. */
  readonly name: string;
  passes(host: HostState, spec: RequestSpec, affinity: AffinityHosts): boolean;
}

const hostFilters: readonly HostFilter[] = [
  { name: "Placement", passes: (_host, { flavor }) => flavor === null || fitsAnyHost(flavor) },
  { name: "ComputeFilter", passes: ({ disabled, isDown }) => !disabled && !isDown },
  {
    name: "AvailabilityZoneFilter",
    passes: (host, { zone }) => zone === null || host.zone === zone,
  },
  {
    name: "AggregateInstanceExtraSpecsFilter",
    passes: ({ aggregates }, { flavor }) =>
      Object.entries(flavor?.extraSpecs ?? {}).every(([key, value]) => {
        const [scope, ...rest] = key.split(":");
        if (scope !== "aggregate_instance_extra_specs") return true;
        const values = aggregates.flatMap((one) => one[rest.join(":")]?.split(",") ?? []);
        return values.some((one) => matchesExtraSpec(one.trim(), value));
      }),
  },
  {
    name: "RequestedDestination",
    passes: ({ name }, { requestedDestination, ignoreHosts }) =>
      (requestedDestination === null || name === requestedDestination) &&
      !ignoreHosts.includes(name),
  },
  {
    name: "SameHostFilter",
    passes: ({ name }, _spec, { sameHost }) => sameHost === null || sameHost.includes(name),
  },
  {
    name: "DifferentHostFilter",
    passes: ({ name }, _spec, { differentHost }) => !differentHost.includes(name),
  },
  {
    name: "ServerGroupAffinityFilter",
    passes: ({ name }, _spec, { group }) =>
      group?.policy !== "affinity" || group.hosts.length === 0 || group.hosts.includes(name),
  },
  {
    name: "ServerGroupAntiAffinityFilter",
    passes: ({ name }, _spec, { group }) =>
      group?.policy !== "anti-affinity" ||
      countServersOn(group.hosts, name) < group.maxServerPerHost,
  },
];

/** One host per server, or the filter that left none. */
export type Selection = { readonly hosts: readonly string[] } | { readonly none: string };

/** All or nothing (nova/scheduler/manager.py:507). */
export function selectHosts(
  spec: RequestSpec,
  count: number,
  hostStates: readonly HostState[],
  { group, ...affinity }: AffinityHosts,
): Selection {
  const hosts: string[] = [];
  while (hosts.length < count) {
    const groupSoFar = group && { ...group, hosts: [...group.hosts, ...hosts] };
    const selected = selectHost(spec, hostStates, { ...affinity, group: groupSoFar });
    if ("none" in selected) return selected;
    hosts.push(selected.host);
  }
  return { hosts };
}

function selectHost(
  spec: RequestSpec,
  hostStates: readonly HostState[],
  affinity: AffinityHosts,
): { readonly host: string } | { readonly none: string } {
  let remaining = hostStates;
  let lastFilter = "";
  for (const { name, passes } of hostFilters) {
    remaining = remaining.filter((host) => passes(host, spec, affinity));
    lastFilter = name;
    if (remaining.length === 0) break;
  }
  const [first, ...others] = remaining;
  if (!first) return { none: lastFilter };
  const weightOf = ({ name }: HostState): number => weigh(affinity.group, name);
  return {
    host: others.reduce((one, next) => (weightOf(next) > weightOf(one) ? next : one), first).name,
  };
}

/** Soft affinity prefers the host with most members, soft anti-affinity the one with fewest. */
function weigh(group: GroupHosts | null, host: string): number {
  if (group?.policy === "soft-affinity") return countServersOn(group.hosts, host);
  return group?.policy === "soft-anti-affinity" ? -countServersOn(group.hosts, host) : 0;
}

const countServersOn = (hosts: readonly string[], host: string): number =>
  hosts.filter((one) => one === host).length;

const standardResources = { VCPU: "vcpus", MEMORY_MB: "memory", DISK_GB: "disk" } as const;

/**
 * nova/scheduler/utils.py ResourceRequest. Hosts have the driver's `COMPUTE_*` traits and the
 * standard resources only.
 */
function fitsAnyHost({
  vcpus,
  ram,
  disk,
  ephemeral = 0,
  swap = 0,
  extraSpecs = {},
}: BootFlavor): boolean {
  const wanted: Record<string, number> = {
    vcpus,
    memory: ram,
    disk: disk + ephemeral + Math.ceil(swap / 1024),
  };
  for (const [key, value] of Object.entries(extraSpecs)) {
    const [, kind, name = ""] = /^(resources|trait)[^:]*:(.+)$/.exec(key) ?? [];
    if (kind === "trait" && value === "required" && !name.startsWith("COMPUTE_")) return false;
    if (kind !== "resources" || Number(value) === 0) continue;
    if (!Object.hasOwn(standardResources, name)) return false;
    wanted[standardResources[name as keyof typeof standardResources]] = Number(value);
  }
  return Object.entries(hostCapacity).every(
    ([name, available]) => (wanted[name] ?? 0) <= available,
  );
}

/** nova/scheduler/manager.py:553. */
export const noValidHostText = "No valid host was found. There are not enough hosts available.";
