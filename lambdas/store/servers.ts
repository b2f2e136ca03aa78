import {
  ConditionalCheckFailedException,
  GetItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import type { Servers } from "../domain/backend.ts";
import { Fault } from "../domain/fault.ts";
import { gone, type Instant } from "../domain/lifecycle.ts";
import { add, nothing, resourcesOf, times } from "../domain/quota.ts";
import type { Renaming, Server } from "../domain/server.ts";
import { addServers, dropBeside } from "./server-create.ts";
import { decode, type Item, keyOf, locatorKeyOf } from "./server-item.ts";
import { listIn } from "./server-list.ts";
import { reaching, type Table } from "./table.ts";
import { transition } from "./transition.ts";
import { usageIn } from "./usage.ts";

export function serversIn(table: Table): Servers {
  const { name: TableName, db } = table;
  const list = listIn(table);
  const usage = usageIn(table, async (project, now) => {
    const all = { project, limit: Number.POSITIVE_INFINITY, gone: false, keep: () => true };
    return (await list(all, now)).map(({ flavor }) => resourcesOf(flavor)).reduce(add, nothing);
  });

  async function get(project: string, id: string, now: Instant): Promise<Server> {
    const { Item } = await reaching(
      db.send(new GetItemCommand({ TableName, Key: keyOf(project, id), ConsistentRead: true })),
    );
    const server = Item && decode(Item);
    if (!server || gone(server.motion, now)) throw noSuch(id);
    return server;
  }

  return {
    get,
    list,
    usage: usage.used,

    async projectOf(id) {
      const { Item } = await reaching(
        db.send(new GetItemCommand({ TableName, Key: locatorKeyOf(id), ConsistentRead: true })),
      );
      if (!Item?.["project"]?.S) throw noSuch(id);
      return Item["project"].S;
    },

    async create({ project, each, least, most, now, limits, make, boot }) {
      const count = await usage.reserve(project, each, { least, most, now, limits });
      const servers = make(count);
      try {
        await addServers(table, servers, boot);
      } catch (cause) {
        // Where even this fails the counters count too much, until they are counted again
        await usage.release(project, times(each, count), now).catch(() => {});
        throw cause;
      }
      return servers;
    },

    async rename(project, id, to, now) {
      const changes = Object.entries(to satisfies Renaming);
      try {
        const { Attributes } = await reaching(
          db.send(
            new UpdateItemCommand({
              TableName,
              Key: keyOf(project, id),
              UpdateExpression: `SET ${["updated", ...changes.map(([name]) => name)].map((name) => `#${name} = :${name}`).join(", ")}`,
              ConditionExpression: "attribute_exists(pk) AND (#to <> :deleted OR #due > :updated)",
              ExpressionAttributeNames: {
                ...Object.fromEntries(changes.map(([name]) => [`#${name}`, name])),
                "#updated": "updated",
                "#to": "to",
                "#due": "due",
              },
              ExpressionAttributeValues: {
                ...Object.fromEntries(changes.map(([name, value]) => [`:${name}`, { S: value }])),
                ":updated": { N: String(now) },
                ":deleted": { S: "deleted" },
              },
              ReturnValues: "ALL_NEW",
            }),
          ),
        );
        return decode(Attributes as Item);
      } catch (cause) {
        if (cause instanceof ConditionalCheckFailedException) throw noSuch(id, cause);
        throw cause;
      }
    },

    async act(project, id, action, now) {
      await transition(table, project, id, action, now);
    },

    async remove(project, id, now) {
      let item: Item | undefined;
      try {
        item = await transition(table, project, id, "delete", now);
      } catch (cause) {
        if (cause instanceof Fault && isBeingDeleted(cause)) return;
        throw cause;
      }
      const removed = decode(item as Item);
      await Promise.all([
        usage.release(project, resourcesOf(removed.flavor), now),
        dropBeside(table, removed, now),
      ]);
    },
  };
}

const noSuch = (id: string, cause?: Error): Fault =>
  new Fault({ kind: "no-such", what: "server", id }, { cause });

const isBeingDeleted = ({ refusal }: Fault): boolean =>
  refusal.kind === "wrong-state" && refusal.state === "deleting";
