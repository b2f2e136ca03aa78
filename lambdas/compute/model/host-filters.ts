/**
 * Which host a server is on. Nova asks Placement for hosts that have what the flavor wants, and then
 * runs its filters over them (nova/scheduler/manager.py:169); the first that passes them all is taken
 * here, so that the same cloud asked the same thing answers the same.
 */
import { matchesExtraSpec } from "./extra-spec.ts";
import type { BootFlavor } from "./server.ts";

/** What is asked of a host. */
export interface RequestSpec {
  readonly flavor: BootFlavor | null;
  /** null for any zone. */
  readonly zone: string | null;
  /** The one host it is to be; null for any. */
  readonly requestedDestination: string | null;
  /** Those it must not be: the one that a server is leaving. */
  readonly ignoreHosts: readonly string[];
  /** What the server was asked for with: groups, and hosts the same or not as another's. */
  readonly hints: Readonly<Record<string, unknown>>;
  /** The server itself, where there is one already: it is no company to itself. */
  readonly server?: string;
}

/** A host as the scheduler sees it. */
export interface HostState {
  readonly name: string;
  /** Whether an administrator keeps new servers from it. */
  readonly disabled: boolean;
  readonly isDown: boolean;
  readonly zone: string;
  /** What is said of the aggregates it is in. */
  readonly aggregates: readonly Readonly<Record<string, string>>[];
}

/** Where the servers are that the hints name. */
export interface AffinityHosts {
  /** The hosts to be on one of, and on none of; null where the hints name none. */
  readonly sameHost: readonly string[] | null;
  readonly differentHost: readonly string[];
  readonly group: GroupHosts | null;
}

interface GroupHosts {
  readonly policy: string;
  /** How many of an anti-affine one may be on a host. */
  readonly maxServerPerHost: number;
  /** The host of each of its members. */
  readonly hosts: readonly string[];
}

/** The machines that servers are said to be on. */
export const hostNames: readonly string[] = [1, 2, 3, 4].map((number) => `novaless-${number}`);

/** What each has, as much as the fake driver says; one server may have no more (nova/virt/fake.py:549). */
export const hostCapacity = { vcpus: 1_000, memory: 800_000, disk: 600_000 } as const;

/** Those with a host that is not disabled, and the others (nova/availability_zones.py:130). */
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
  /** Nova's, or Placement for what Nova leaves to it. */
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

/** A host for each server; or the filter that left none for one of them. */
export type Selection = { readonly hosts: readonly string[] } | { readonly none: string };

/** All of them find one, or none does (nova/scheduler/manager.py:507). */
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

/** Of soft policies: the more, or the fewer, of the group are there, the better. */
function weigh(group: GroupHosts | null, host: string): number {
  if (group?.policy === "soft-affinity") return countServersOn(group.hosts, host);
  return group?.policy === "soft-anti-affinity" ? -countServersOn(group.hosts, host) : 0;
}

const countServersOn = (hosts: readonly string[], host: string): number =>
  hosts.filter((one) => one === host).length;

const standardResources = { VCPU: "vcpus", MEMORY_MB: "memory", DISK_GB: "disk" } as const;

/**
 * Whether any host could hold the flavor (nova/scheduler/utils.py ResourceRequest). Of traits a host
 * has those that say what the driver can do, and of resources no others than everybody's.
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

/** Nova's words for there being none, as the fault of a server (nova/scheduler/manager.py:553). */
export const noValidHostText = "No valid host was found. There are not enough hosts available.";
