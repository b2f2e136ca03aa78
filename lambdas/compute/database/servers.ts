import {
  ConditionalCheckFailedException,
  GetItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { Fault } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Item } from "../../database/item.ts";
import { reaching, type Table } from "../../database/table.ts";
import type { Servers } from "../../ports/backend.ts";
import { instanceActions } from "../model/instance-action.ts";
import { gone } from "../model/lifecycle.ts";
import { add, heldBy, nothing, times } from "../model/quota.ts";
import { type Renaming, type Server, standing } from "../model/server.ts";
import { addServers, bootDataIn, dropBeside, keepBootData } from "./create-servers.ts";
import { begunIn, shelvesOf } from "./instance-action-log.ts";
import { listIn } from "./list-servers.ts";
import { rewire } from "./network-info.ts";
import { usageIn } from "./quota-usage.ts";
import { followers } from "./server-changes.ts";
import { decode, keyOf, locatorKeyOf, textOrNull } from "./server-item.ts";
import { locksIn } from "./server-lock.ts";
import { notesIn } from "./side-action.ts";
import { transition } from "./transition.ts";

export function serversIn(table: Table): Servers {
  const { name: TableName, db } = table;
  const list = listIn(table);
  const usage = usageIn(table, async (project, now) => {
    const all = { project, limit: Number.POSITIVE_INFINITY, gone: false, keep: () => true };
    return (await list(all, now)).map(heldBy).reduce(add, nothing);
  });

  async function get(project: string, id: string, now: Instant): Promise<Server> {
    const { Item } = await reaching(
      db.send(new GetItemCommand({ TableName, Key: keyOf(project, id), ConsistentRead: true })),
    );
    const server = Item && standing(decode(Item), now);
    if (!server || gone(server.motion, now)) throw noSuch(id);
    return server;
  }

  return {
    get,
    list,
    bootData: (project, id) => bootDataIn(table, project, id),
    keepBootData: (project, id, boot) => keepBootData(table, project, id, boot),
    usage: usage.used,

    async projectOf(id) {
      const { Item } = await reaching(
        db.send(new GetItemCommand({ TableName, Key: locatorKeyOf(id), ConsistentRead: true })),
      );
      if (!Item?.["project"]?.S) throw noSuch(id);
      return Item["project"].S;
    },

    async history(project, id, now) {
      const { Item } = await reaching(
        db.send(new GetItemCommand({ TableName, Key: keyOf(project, id), ConsistentRead: true })),
      );
      if (!Item) throw noSuch(id);
      const server = standing(decode(Item), now);
      const items = [...(await shelvesOf(table, Item)), Item];
      return { server, actions: instanceActions(begunIn(items, server), server.motion, now) };
    },

    async create({ project, each, least, most, now, limits, by, make, unmake, boot }) {
      const count = await usage.reserve(project, each, { least, most, now, limits });
      try {
        const { servers, ports } = await make(count);
        await addServers(table, servers, { boot, ports, request: by.request });
        return servers;
      } catch (cause) {
        // Where even this fails the counters count too much, until they are counted again
        await usage.release(project, times(each, count), now).catch(() => {});
        await unmake().catch(() => {});
        throw cause;
      }
    },

    rewire: (project, id, work, noting) => rewire(table, project, id, work, noting),

    async rename(project, id, to, now) {
      const changes = Object.entries(to satisfies Renaming);
      // what is not there yet is the name, which is about to change (server-item.ts)
      const kept =
        to.name === undefined ? [] : followers.filter((follower) => to[follower] === undefined);
      try {
        const { Attributes } = await reaching(
          db.send(
            new UpdateItemCommand({
              TableName,
              Key: keyOf(project, id),
              UpdateExpression: `SET ${[
                ...["updated", ...changes.map(([name]) => name)].map((one) => `#${one} = :${one}`),
                ...kept.map((one) => `#${one} = if_not_exists(#${one}, #name)`),
              ].join(", ")}`,
              ConditionExpression: "attribute_exists(pk) AND (#to <> :deleted OR #due > :updated)",
              ExpressionAttributeNames: {
                ...Object.fromEntries(
                  [...changes.map(([name]) => name), ...kept].map((one) => [`#${one}`, one]),
                ),
                "#updated": "updated",
                "#to": "to",
                "#due": "due",
              },
              ExpressionAttributeValues: {
                ...Object.fromEntries(
                  changes.map(([name, value]) => [`:${name}`, textOrNull(value)]),
                ),
                ":updated": { N: String(now) },
                ":deleted": { S: "deleted" },
              },
              ReturnValues: "ALL_NEW",
            }),
          ),
        );
        return standing(decode(Attributes as Item), now);
      } catch (cause) {
        if (cause instanceof ConditionalCheckFailedException) throw noSuch(id, cause);
        throw cause;
      }
    },

    async act(project, id, action, now, by) {
      await transition(table, project, id, action, now, by);
    },

    async remake(project, id, action, now, by, remake) {
      const item = await transition(table, project, id, action, now, by, remake);
      return standing(decode(item as Item), now);
    },

    async hold(project, more, now, limits) {
      await usage.reserve(project, more, { least: 1, most: 1, now, limits });
    },

    letGo: usage.release,

    ...locksIn(table),
    ...notesIn(table),

    async remove(project, id, now, by) {
      let item: Item | undefined;
      try {
        item = await transition(table, project, id, "delete", now, by);
      } catch (cause) {
        if (cause instanceof Fault && isBeingDeleted(cause)) return null;
        throw cause;
      }
      const removed = decode(item as Item);
      await Promise.all([
        usage.release(project, heldBy(removed), now),
        dropBeside(table, item as Item, now),
      ]);
      return removed;
    },
  };
}

const noSuch = (id: string, cause?: Error): Fault =>
  new Fault({ kind: "no-such", what: "server", id }, { cause });

const isBeingDeleted = ({ refusal }: Fault): boolean =>
  refusal.kind === "wrong-state" && refusal.state === "deleting";
