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

/** No function runs this long, in milliseconds: what was in flight then has ended since. */
const maxRequestMs = 60_000;

/**
 * A project's counters. They are raised, on condition that the quota allows it, before a server is
 * written and lowered after one is deleted, so after a crash they can only count too much; when that
 * refuses someone and nothing can be in flight, the servers are counted again.
 */
export function quotaUsageIn(
  { name, db }: Table,
  count: (project: string, now: Instant) => Promise<Resources>,
) {
  const keyOf = (project: string): Item => ({
    pk: { S: projectPartition(project) },
    sk: { S: "USAGE" },
  });

  /** Raises the counters by as many of `each` as fit, `most` at most, and says how many. */
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
    // there is always room for nothing
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

  /** The item as it stands when the quota refuses; nothing when it was raised. */
  async function increment(
    project: string,
    by: Resources,
    limits: Resources,
    now: Instant,
  ): Promise<Item | undefined> {
    // of what is not asked for there may be too much already: the quota may have become less
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

  /** Puts what is really there, unless somebody has changed the counters meanwhile. */
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

  /** What a project's servers use, as it is counted. */
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

/** Nothing is used less than not at all, whatever was given back that nobody had counted. */
const nonNegative = (item: Item, name: string): number => Math.max(0, Number(item[name]?.N ?? 0));

const decodeUsage = (item: Item): Resources & { at: Instant } => ({
  instances: nonNegative(item, "instances"),
  cores: nonNegative(item, "cores"),
  ram: nonNegative(item, "ram"),
  at: Number(item["at"]?.N ?? 0),
});
