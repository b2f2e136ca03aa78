import { Fault } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Item } from "../../database/item.ts";
import type { Table } from "../../database/table.ts";
import { createNonce, type Fragment, readItem, update } from "../../database/update.ts";
import {
  defaultResourceLimits,
  findShortages,
  headroom,
  isNoResources,
  multiplyResources,
  noResources,
  type Resources,
  resourceNames,
} from "../model/quota.ts";
import { projectPartition } from "./server-item.ts";

/** Longer than any function runs: older reservations are settled. */
const maxRequestMs = 60_000;

/**
 * A project's counters rise, on condition of the quota, before servers are written, and fall after
 * a delete. A crash can only leave them too high; a refusal then recounts the servers, once no
 * request can be in flight.
 */
export function quotaUsageIn(
  table: Table,
  count: (project: string, now: Instant) => Promise<Resources>,
) {
  const keyOf = (project: string): Item => ({
    pk: { S: projectPartition(project) },
    sk: { S: "USAGE" },
  });

  /**
   * Reserves `most` or as many as fit, and returns the number. Throws `over-quota` below `least`.
   */
  async function reserve(
    project: string,
    each: Resources,
    {
      least: minCount,
      most: maxCount,
      now,
      limits = defaultResourceLimits,
    }: { least: number; most: number; now: Instant; limits?: Resources | undefined },
  ): Promise<number> {
    if (isNoResources(each)) return maxCount;
    let isRecounted = false;
    let wanted = Math.min(maxCount, headroom(limits, noResources, each));
    while (wanted >= minCount) {
      const refused = await increment(project, multiplyResources(each, wanted), limits, now);
      if (!refused) return wanted;
      const used = decodeUsage(refused);
      if (!isRecounted && now - used.at >= maxRequestMs) {
        isRecounted = true;
        await recount(project, used.at, now);
        continue;
      }
      wanted = Math.min(wanted, headroom(limits, used, each));
      if (wanted < minCount) throw overQuota(used);
    }
    throw overQuota(decodeUsage(await read(project)));

    function overQuota(used: Resources): Fault {
      return new Fault({
        kind: "over-quota",
        shortages: findShortages(limits, used, each, { minCount, maxCount }),
      });
    }
  }

  /** Returns the stored item when the quota refuses. */
  async function increment(
    project: string,
    by: Resources,
    limits: Resources,
    now: Instant,
  ): Promise<Item | undefined> {
    // checks only requested kinds: a lowered quota may already be exceeded
    const grownKinds = resourceNames.filter((kind) => by[kind] > 0);
    const mark = createMark();
    const outcome = await update(table, keyOf(project), [
      addFragment(by, now),
      mark.fragment,
      {
        when: [
          `(attribute_not_exists(instances) OR (${grownKinds
            .map((kind) => `${kind} <= :max_${kind}`)
            .join(" AND ")}))`,
        ],
        values: Object.fromEntries(
          grownKinds.map((kind) => [`:max_${kind}`, { N: String(limits[kind] - by[kind]) }]),
        ),
      },
    ]);
    if (outcome.updated) return undefined;
    const seen = (await outcome.seen()) ?? {};
    return mark.isIn(seen) ? undefined : seen;
  }

  async function release(project: string, by: Resources, now: Instant): Promise<void> {
    await update(table, keyOf(project), [
      addFragment(multiplyResources(by, -1), now),
      createMark().fragment,
    ]);
  }

  /** Skipped where a concurrent request changed the counters. */
  async function recount(project: string, at: Instant, now: Instant): Promise<void> {
    const { ":instances": i, ":cores": c, ":ram": r } = toAttributes(await count(project, now));
    await update(table, keyOf(project), [
      {
        set: ["instances = :i", "cores = :c", "ram = :r"],
        when: ["#at = :at"],
        names: { "#at": "at" },
        values: { ":i": i, ":c": c, ":r": r, ":at": { N: String(at) } },
      },
    ]);
  }

  const used = async (project: string): Promise<Resources> => {
    const { instances, cores, ram } = decodeUsage(await read(project));
    return { instances, cores, ram };
  };

  const read = async (project: string): Promise<Item> =>
    (await readItem(table, keyOf(project))) ?? {};

  return { reserve, release, used };
}

/** Slots for the marks of recent changes: more than one project changes within an attempt's time. */
const markSlots = 32;

/**
 * Marks a change of the counters, so that a repeated command, whose first response was lost, does not
 * add twice. The mark is in the item until another change takes its slot.
 */
function createMark() {
  const nonce = createNonce();
  const slot = `m${nonce.charCodeAt(0) % markSlots}`;
  return {
    fragment: {
      set: ["#mark = :mark"],
      when: ["(attribute_not_exists(#mark) OR #mark <> :mark)"],
      names: { "#mark": slot },
      values: { ":mark": { S: nonce } },
    } satisfies Fragment,
    isIn: (item: Item): boolean => item[slot]?.S === nonce,
  };
}

const addFragment = (by: Resources, now: Instant): Fragment => ({
  set: ["#at = :now"],
  add: ["instances :instances", "cores :cores", "ram :ram"],
  names: { "#at": "at" },
  values: { ...toAttributes(by), ":now": { N: String(now) } },
});

const toAttributes = ({ instances, cores, ram }: Resources) => ({
  ":instances": { N: String(instances) },
  ":cores": { N: String(cores) },
  ":ram": { N: String(ram) },
});

/** Clamped at 0: a release may exceed what was counted. */
const nonNegative = (item: Item, name: string): number => Math.max(0, Number(item[name]?.N ?? 0));

const decodeUsage = (item: Item): Resources & { at: Instant } => ({
  instances: nonNegative(item, "instances"),
  cores: nonNegative(item, "cores"),
  ram: nonNegative(item, "ram"),
  at: Number(item["at"]?.N ?? 0),
});
