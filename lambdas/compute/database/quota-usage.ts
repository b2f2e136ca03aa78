import {
  ConditionalCheckFailedException,
  GetItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { Fault } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Item } from "../../database/item.ts";
import { reaching, type Table } from "../../database/table.ts";
import {
  headroom,
  isNothing,
  kinds,
  nothing,
  quota,
  type Resources,
  shortages,
  times,
} from "../model/quota.ts";
import { partitionOf } from "./server-item.ts";

/** No function runs this long, in milliseconds: what was in flight then has ended since. */
const longestRequest = 60_000;

/**
 * A project's counters. They are raised, on condition that the quota allows it, before a server is
 * written and lowered after one is deleted, so after a crash they can only count too much; when that
 * refuses someone and nothing can be in flight, the servers are counted again.
 */
export function usageIn(
  { name, db }: Table,
  count: (project: string, now: Instant) => Promise<Resources>,
) {
  const keyOf = (project: string): Item => ({
    pk: { S: partitionOf(project) },
    sk: { S: "USAGE" },
  });

  /** Raises the counters by as many of `each` as fit, `most` at most, and says how many. */
  async function reserve(
    project: string,
    each: Resources,
    {
      least,
      most,
      now,
      limits = quota,
    }: { least: number; most: number; now: Instant; limits?: Resources | undefined },
  ): Promise<number> {
    // there is always room for nothing
    if (isNothing(each)) return most;
    let recounted = false;
    let wanted = Math.min(most, headroom(limits, nothing, each));
    while (wanted >= least) {
      const refused = await raise(project, times(each, wanted), limits, now);
      if (!refused) return wanted;
      const used = decode(refused);
      if (!recounted && now - used.at >= longestRequest) {
        recounted = true;
        await recount(project, used.at, now);
        continue;
      }
      wanted = Math.min(wanted, headroom(limits, used, each));
      if (wanted < least) throw overQuota(used);
    }
    throw overQuota(decode(await read(project)));

    function overQuota(used: Resources): Fault {
      return new Fault({
        kind: "over-quota",
        shortages: shortages(limits, used, each, { least, most }),
      });
    }
  }

  /** The item as it stands when the quota refuses; nothing when it was raised. */
  async function raise(
    project: string,
    by: Resources,
    limits: Resources,
    now: Instant,
  ): Promise<Item | undefined> {
    // of what is not asked for there may be too much already: the quota may have become less
    const grown = kinds.filter((kind) => by[kind] > 0);
    try {
      await reaching(
        db.send(
          new UpdateItemCommand({
            TableName: name,
            Key: keyOf(project),
            UpdateExpression: "SET #at = :now ADD instances :instances, cores :cores, ram :ram",
            ConditionExpression: `attribute_not_exists(instances) OR (${grown
              .map((kind) => `${kind} <= :max_${kind}`)
              .join(" AND ")})`,
            ExpressionAttributeNames: { "#at": "at" },
            ExpressionAttributeValues: {
              ...amounts(by),
              ":now": { N: String(now) },
              ...Object.fromEntries(
                grown.map((kind) => [`:max_${kind}`, { N: String(limits[kind] - by[kind]) }]),
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
    await reaching(
      db.send(
        new UpdateItemCommand({
          TableName: name,
          Key: keyOf(project),
          UpdateExpression: "SET #at = :now ADD instances :instances, cores :cores, ram :ram",
          ExpressionAttributeNames: { "#at": "at" },
          ExpressionAttributeValues: { ...amounts(times(by, -1)), ":now": { N: String(now) } },
        }),
      ),
    );
  }

  /** Puts what is really there, unless somebody has changed the counters meanwhile. */
  async function recount(project: string, at: Instant, now: Instant): Promise<void> {
    const { ":instances": i, ":cores": c, ":ram": r } = amounts(await count(project, now));
    try {
      await reaching(
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
    const { instances, cores, ram } = decode(await read(project));
    return { instances, cores, ram };
  };

  async function read(project: string): Promise<Item> {
    const { Item = {} } = await reaching(
      db.send(new GetItemCommand({ TableName: name, Key: keyOf(project), ConsistentRead: true })),
    );
    return Item;
  }

  return { reserve, release, used };
}

const amounts = ({ instances, cores, ram }: Resources) => ({
  ":instances": { N: String(instances) },
  ":cores": { N: String(cores) },
  ":ram": { N: String(ram) },
});

/** Nothing is used less than not at all, whatever was given back that nobody had counted. */
const counted = (item: Item, name: string): number => Math.max(0, Number(item[name]?.N ?? 0));

const decode = (item: Item): Resources & { at: Instant } => ({
  instances: counted(item, "instances"),
  cores: counted(item, "cores"),
  ram: counted(item, "ram"),
  at: Number(item["at"]?.N ?? 0),
});
