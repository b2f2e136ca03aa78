import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  paginateQuery,
} from "@aws-sdk/client-dynamodb";
import { Fault } from "../core/fault.ts";
import type { Records, Shelf } from "../ports/records.ts";
import type { Item } from "./item.ts";
import { reaching, type Table } from "./table.ts";

/** Bytes; DynamoDB takes no longer sort key. */
const longestId = 1024;

const isKey = (id: string): boolean => id !== "" && Buffer.byteLength(id) <= longestId;

/** How often a record that others change meanwhile is tried anew. */
const tries = 10;

export const recordKey = (shelf: Shelf<unknown>, id: string): Item => ({
  pk: { S: shelf.name },
  sk: { S: id },
});

export const recordItem = (
  shelf: Shelf<unknown>,
  id: string,
  record: unknown,
  revision = 0,
): Item => ({
  ...recordKey(shelf, id),
  d: { S: JSON.stringify(record) },
  revision: { N: String(revision) },
});

/** A shelf is a partition; a record is one JSON string beside the number of its revision. */
export function recordsIn({ name: TableName, db }: Table): Records {
  async function find(shelf: Shelf<unknown>, id: string): Promise<Item | undefined> {
    if (!isKey(id)) return undefined;
    const { Item } = await reaching(
      db.send(new GetItemCommand({ TableName, Key: recordKey(shelf, id), ConsistentRead: true })),
    );
    return Item;
  }

  /** Whether the condition held. */
  async function write(
    item: Item,
    condition?: { readonly says: string; readonly values?: Item },
  ): Promise<boolean> {
    try {
      await reaching(
        db.send(
          new PutItemCommand({
            TableName,
            Item: item,
            ...(condition && { ConditionExpression: condition.says }),
            ...(condition?.values && { ExpressionAttributeValues: condition.values }),
          }),
        ),
      );
      return true;
    } catch (cause) {
      if (cause instanceof ConditionalCheckFailedException) return false;
      throw cause;
    }
  }

  return {
    async get<R>(shelf: Shelf<R>, id: string) {
      const item = await find(shelf, id);
      return item ? decode<R>(item) : null;
    },

    async all<R>(shelf: Shelf<R>) {
      const pages = paginateQuery(
        { client: db },
        {
          TableName,
          KeyConditionExpression: "pk = :shelf",
          ExpressionAttributeValues: { ":shelf": { S: shelf.name } },
          ConsistentRead: true,
        },
      );
      const records: R[] = [];
      const gathered = (async () => {
        for await (const { Items = [] } of pages) records.push(...Items.map(decode<R>));
      })();
      await reaching(gathered);
      return records;
    },

    add: (shelf, id, record) =>
      write(recordItem(shelf, id, record), { says: "attribute_not_exists(pk)" }),

    async put(shelf, id, record) {
      await write(recordItem(shelf, id, record));
    },

    async change<R>(shelf: Shelf<R>, id: string, to: (was: R) => R) {
      for (let tried = 0; tried < tries; tried++) {
        const item = await find(shelf, id);
        if (!item) return null;
        const record = to(decode<R>(item));
        const { N = "0" } = item["revision"] ?? {};
        const written = await write(recordItem(shelf, id, record, Number(N) + 1), {
          says: "revision = :seen",
          values: { ":seen": { N } },
        });
        if (written) return record;
      }
      throw new Fault({ kind: "raced" });
    },

    async remove<R>(shelf: Shelf<R>, id: string) {
      if (!isKey(id)) return null;
      const { Attributes } = await reaching(
        db.send(
          new DeleteItemCommand({ TableName, Key: recordKey(shelf, id), ReturnValues: "ALL_OLD" }),
        ),
      );
      return Attributes ? decode<R>(Attributes) : null;
    },
  };
}

const decode = <R>(item: Item): R => JSON.parse(item["d"]?.S ?? "null") as R;
