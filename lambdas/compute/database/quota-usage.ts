import {
  ConditionalCheckFailedException,
  GetItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { Fault } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Item } from "../../database/item.ts";
import { orUnavailable, type Table } from "../../database/table.ts";
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
  { name, db }: Table,
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
    try {
      await orUnavailable(
        db.send(
          new UpdateItemCommand({
            TableName: name,
            Key: keyOf(project),
            UpdateExpression: "SET #at = :now ADD instances :instances, cores :cores, ram :ram",
            ConditionExpression: `attribute_not_exists(instances) OR (${grownKinds
              .map((kind) => `${kind} <= :max_${kind}`)
              .join(" AND ")})`,
            ExpressionAttributeNames: { "#at": "at" },
            ExpressionAttributeValues: {
              ...toAttributes(by),
              ":now": { N: String(now) },
              ...Object.fromEntries(
                grownKinds.map((kind) => [`:max_${kind}`, { N: String(limits[kind] - by[kind]) }]),
              ),
            },
            ReturnValuesOnConditionCheckFailure: "ALL_OLD",
          }),
        ),
      );
      return undefined;
    } catch (cause) {
      if (!(cause instanceof ConditionalCheckFailedException)) throw cause;
      return (cause.Item as Item | undefined) ?? (await read(project));
    }
  }

  async function release(project: string, by: Resources, now: Instant): Promise<void> {
    await orUnavailable(
      db.send(
        new UpdateItemCommand({
          TableName: name,
          Key: keyOf(project),
          UpdateExpression: "SET #at = :now ADD instances :instances, cores :cores, ram :ram",
          ExpressionAttributeNames: { "#at": "at" },
          ExpressionAttributeValues: {
            ...toAttributes(multiplyResources(by, -1)),
            ":now": { N: String(now) },
          },
        }),
      ),
    );
  }

  /** Skipped where a concurrent request changed the counters. */
  async function recount(project: string, at: Instant, now: Instant): Promise<void> {
    const { ":instances": i, ":cores": c, ":ram": r } = toAttributes(await count(project, now));
    try {
      await orUnavailable(
        db.send(
          new UpdateItemCommand({
            TableName: name,
            Key: keyOf(project),
            UpdateExpression: "SET instances = :i, cores = :c, ram = :r",
            ConditionExpression: "#at = :at",
            ExpressionAttributeNames: { "#at": "at" },
            ExpressionAttributeValues: { ":i": i, ":c": c, ":r": r, ":at": { N: String(at) } },
          }),
        ),
      );
    } catch (cause) {
      if (!(cause instanceof ConditionalCheckFailedException)) throw cause;
    }
  }

  const used = async (project: string): Promise<Resources> => {
    const { instances, cores, ram } = decodeUsage(await read(project));
    return { instances, cores, ram };
  };

  async function read(project: string): Promise<Item> {
    const { Item = {} } = await orUnavailable(
      db.send(new GetItemCommand({ TableName: name, Key: keyOf(project), ConsistentRead: true })),
    );
    return Item;
  }

  return { reserve, release, used };
}

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
