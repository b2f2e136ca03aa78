import type { Shortage } from "../../core/fault.ts";
import type { Flavor } from "./flavor.ts";
import type { Server } from "./server.ts";

/** Amounts or limits of a project's servers. */
export interface Resources {
  readonly instances: number;
  readonly cores: number;
  /** MiB. */
  readonly ram: number;
}

/** nova/conf/quota.py; `repositories/quotas.ts` reads a project's own limits. */
export const defaultResourceLimits: Resources = { instances: 10, cores: 20, ram: 50 * 1024 };

export const resourceNames = ["cores", "instances", "ram"] as const;

/** Counts no cores and memory for a removed flavor. */
export const resourcesOf = (flavor: Pick<Flavor, "vcpus" | "ram"> | null): Resources => ({
  instances: 1,
  cores: flavor?.vcpus ?? 0,
  ram: flavor?.ram ?? 0,
});

export const maxOfEach = (one: Resources, other: Resources): Resources => ({
  instances: Math.max(one.instances, other.instances),
  cores: Math.max(one.cores, other.cores),
  ram: Math.max(one.ram, other.ram),
});

export const noResources: Resources = { instances: 0, cores: 0, ram: 0 };

/** During a resize counts the larger of both flavors. */
export function reservedBy({
  flavor,
  before,
  freed = false,
}: Pick<Server, "flavor" | "before"> & Partial<Pick<Server, "freed">>): Resources {
  if (freed) return noResources;
  return before ? maxOfEach(resourcesOf(flavor), resourcesOf(before.flavor)) : resourcesOf(flavor);
}

export const excess = (one: Resources, other: Resources): Resources => ({
  instances: Math.max(0, one.instances - other.instances),
  cores: Math.max(0, one.cores - other.cores),
  ram: Math.max(0, one.ram - other.ram),
});

export const isNoResources = (some: Resources): boolean =>
  resourceNames.every((kind) => some[kind] === 0);

export const addResources = (one: Resources, other: Resources): Resources => ({
  instances: one.instances + other.instances,
  cores: one.cores + other.cores,
  ram: one.ram + other.ram,
});

export const multiplyResources = (one: Resources, count: number): Resources => ({
  instances: one.instances * count,
  cores: one.cores * count,
  ram: one.ram * count,
});

/** How many more of `one` fit. */
export const headroom = (limits: Resources, used: Resources, one: Resources): number =>
  Math.min(
    ...resourceNames.map((kind) =>
      one[kind] <= 0
        ? Number.MAX_SAFE_INTEGER
        : Math.max(0, Math.floor((limits[kind] - used[kind]) / one[kind])),
    ),
  );

/**
 * Lists the resources that `maxCount` of `one` exceed, alphabetically (nova/compute/utils.py:1095).
 */
export function findShortages(
  limits: Resources,
  used: Resources,
  one: Resources,
  { minCount, maxCount }: { minCount: number; maxCount: number },
): Shortage[] {
  const requested = multiplyResources(one, maxCount);
  return resourceNames
    .filter((kind) => requested[kind] > 0 && used[kind] + requested[kind] > limits[kind])
    .map((kind) => ({
      kind,
      requested:
        kind === "instances" && minCount !== maxCount ? `${minCount}-${maxCount}` : requested[kind],
      used: used[kind],
      limit: limits[kind],
    }));
}
