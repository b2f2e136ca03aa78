/**
 * Which host a server is on. Nova asks Placement for hosts that have what the flavor wants, and then
 * runs its filters over them (nova/scheduler/manager.py:169); the first that passes them all is taken
 * here, so that the same cloud asked the same thing answers the same.
 */
import { matches } from "./extra-spec.ts";
import type { BootFlavor } from "./server.ts";

/** What is asked of a host. */
export interface Wish {
  readonly flavor: BootFlavor | null;
  /** null for any zone. */
  readonly zone: string | null;
  /** The one host it is to be; null for any. */
  readonly only: string | null;
  /** Those it must not be: the one that a server is leaving. */
  readonly except: readonly string[];
  /** What the server was asked for with: groups, and hosts the same or not as another's. */
  readonly hints: Readonly<Record<string, unknown>>;
  /** The server itself, where there is one already: it is no company to itself. */
  readonly server?: string;
}

/** A host as the scheduler sees it. */
export interface Candidate {
  readonly name: string;
  /** Whether an administrator keeps new servers from it. */
  readonly disabled: boolean;
  readonly down: boolean;
  readonly zone: string;
  /** What is said of the aggregates it is in. */
  readonly aggregates: readonly Readonly<Record<string, string>>[];
}

/** Where the servers are that the hints name. */
export interface Company {
  /** The hosts to be on one of, and on none of; null where the hints name none. */
  readonly same: readonly string[] | null;
  readonly different: readonly string[];
  readonly group: Group | null;
}

interface Group {
  readonly policy: string;
  /** How many of an anti-affine one may be on a host. */
  readonly most: number;
  /** The host of each of its members. */
  readonly hosts: readonly string[];
}

/** The machines that servers are said to be on. */
export const hostNames: readonly string[] = [1, 2, 3, 4].map((number) => `novaless-${number}`);

/** What each has, as much as the fake driver says; one server may have no more (nova/virt/fake.py:549). */
export const capacity = { vcpus: 1_000, memory: 800_000, disk: 600_000 } as const;

/** Those with a host that is not disabled, and the others (nova/availability_zones.py:130). */
export function zonesOf(hosts: readonly Pick<Candidate, "zone" | "disabled">[]) {
  const zonesWhere = (disabled: boolean) =>
    hosts.filter((host) => host.disabled === disabled).map(({ zone }) => zone);
  const open = [...new Set(zonesWhere(false))].sort();
  const shut = [...new Set(zonesWhere(true))].filter((zone) => !open.includes(zone)).sort();
  return { open, shut };
}

interface Filter {
  /** Nova's, or Placement for what Nova leaves to it. */
  readonly name: string;
  passes(host: Candidate, wish: Wish, company: Company): boolean;
}

const filters: readonly Filter[] = [
  { name: "Placement", passes: (_host, { flavor }) => flavor === null || fits(flavor) },
  { name: "ComputeFilter", passes: ({ disabled, down }) => !disabled && !down },
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
        const said = aggregates.flatMap((one) => one[rest.join(":")]?.split(",") ?? []);
        return said.some((one) => matches(one.trim(), value));
      }),
  },
  {
    name: "RequestedDestination",
    passes: ({ name }, { only, except }) =>
      (only === null || name === only) && !except.includes(name),
  },
  {
    name: "SameHostFilter",
    passes: ({ name }, _wish, { same }) => same === null || same.includes(name),
  },
  {
    name: "DifferentHostFilter",
    passes: ({ name }, _wish, { different }) => !different.includes(name),
  },
  {
    name: "ServerGroupAffinityFilter",
    passes: ({ name }, _wish, { group }) =>
      group?.policy !== "affinity" || group.hosts.length === 0 || group.hosts.includes(name),
  },
  {
    name: "ServerGroupAntiAffinityFilter",
    passes: ({ name }, _wish, { group }) =>
      group?.policy !== "anti-affinity" || countOf(group.hosts, name) < group.most,
  },
];

/** A host for each server; or the filter that left none for one of them. */
export type Placing = { readonly hosts: readonly string[] } | { readonly none: string };

/** All of them find one, or none does (nova/scheduler/manager.py:507). */
export function hostsFor(
  wish: Wish,
  count: number,
  candidates: readonly Candidate[],
  { group, ...company }: Company,
): Placing {
  const hosts: string[] = [];
  while (hosts.length < count) {
    const joined = group && { ...group, hosts: [...group.hosts, ...hosts] };
    const found = hostFor(wish, candidates, { ...company, group: joined });
    if ("none" in found) return found;
    hosts.push(found.host);
  }
  return { hosts };
}

function hostFor(
  wish: Wish,
  candidates: readonly Candidate[],
  company: Company,
): { readonly host: string } | { readonly none: string } {
  let left = candidates;
  let last = "";
  for (const { name, passes } of filters) {
    left = left.filter((host) => passes(host, wish, company));
    last = name;
    if (left.length === 0) break;
  }
  const [first, ...others] = left;
  if (!first) return { none: last };
  const weigh = ({ name }: Candidate): number => weight(company.group, name);
  return {
    host: others.reduce((one, next) => (weigh(next) > weigh(one) ? next : one), first).name,
  };
}

/** Of soft policies: the more, or the fewer, of the group are there, the better. */
function weight(group: Group | null, host: string): number {
  if (group?.policy === "soft-affinity") return countOf(group.hosts, host);
  return group?.policy === "soft-anti-affinity" ? -countOf(group.hosts, host) : 0;
}

const countOf = (hosts: readonly string[], host: string): number =>
  hosts.filter((one) => one === host).length;

const standard = { VCPU: "vcpus", MEMORY_MB: "memory", DISK_GB: "disk" } as const;

/**
 * Whether any host could hold the flavor (nova/scheduler/utils.py ResourceRequest). Of traits a host
 * has those that say what the driver can do, and of resources no others than everybody's.
 */
function fits({ vcpus, ram, disk, ephemeral = 0, swap = 0, extraSpecs = {} }: BootFlavor): boolean {
  const wanted: Record<string, number> = {
    vcpus,
    memory: ram,
    disk: disk + ephemeral + Math.ceil(swap / 1024),
  };
  for (const [key, value] of Object.entries(extraSpecs)) {
    const [, kind, name = ""] = /^(resources|trait)[^:]*:(.+)$/.exec(key) ?? [];
    if (kind === "trait" && value === "required" && !name.startsWith("COMPUTE_")) return false;
    if (kind !== "resources" || Number(value) === 0) continue;
    if (!Object.hasOwn(standard, name)) return false;
    wanted[standard[name as keyof typeof standard]] = Number(value);
  }
  return Object.entries(capacity).every(([name, has]) => (wanted[name] ?? 0) <= has);
}

/** Nova's words for there being none, as the fault of a server (nova/scheduler/manager.py:553). */
export const noValidHost = "No valid host was found. There are not enough hosts available.";
