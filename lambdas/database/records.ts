import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  paginateQuery,
} from "@aws-sdk/client-dynamodb";
import { Fault } from "../core/fault.ts";
import type { Collection, Records } from "../ports/records.ts";
import type { Item } from "./item.ts";
import { orUnavailable, type Table } from "./table.ts";

/** Bytes: DynamoDB's limit of a sort key. */
const maxIdBytes = 1024;

const isValidKey = (id: string): boolean => id !== "" && Buffer.byteLength(id) <= maxIdBytes;

const maxRecordAttempts = 10;

export const recordKey = (collection: Collection<unknown>, id: string): Item => ({
  pk: { S: collection.name },
  sk: { S: id },
});

export const recordItem = (
  collection: Collection<unknown>,
  id: string,
  record: unknown,
  revision = 0,
): Item => ({
  ...recordKey(collection, id),
  d: { S: JSON.stringify(record) },
  revision: { N: String(revision) },
});

/** A collection is a partition. A record is one JSON string beside its revision number. */
export function recordsIn({ name: TableName, db }: Table): Records {
  async function find(collection: Collection<unknown>, id: string): Promise<Item | undefined> {
    if (!isValidKey(id)) return undefined;
    const { Item } = await orUnavailable(
      db.send(
        new GetItemCommand({ TableName, Key: recordKey(collection, id), ConsistentRead: true }),
      ),
    );
    return Item;
  }

  /** Returns whether the condition held. */
  async function write(
    item: Item,
    condition?: { readonly expression: string; readonly values?: Item },
  ): Promise<boolean> {
    try {
      await orUnavailable(
        db.send(
          new PutItemCommand({
            TableName,
            Item: item,
            ...(condition && { ConditionExpression: condition.expression }),
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
    async get<R>(collection: Collection<R>, id: string) {
      const item = await find(collection, id);
      return item ? decodeRecord<R>(item) : null;
    },

    async all<R>(collection: Collection<R>) {
      const pages = paginateQuery(
        { client: db },
        {
          TableName,
          KeyConditionExpression: "pk = :shelf",
          ExpressionAttributeValues: { ":shelf": { S: collection.name } },
          ConsistentRead: true,
        },
      );
      const records: R[] = [];
      const gathering = (async () => {
        for await (const { Items = [] } of pages) records.push(...Items.map(decodeRecord<R>));
      })();
      await orUnavailable(gathering);
      return records;
    },

    add: (collection, id, record) =>
      write(recordItem(collection, id, record), { expression: "attribute_not_exists(pk)" }),

    async put(collection, id, record) {
      await write(recordItem(collection, id, record));
    },

    async change<R>(collection: Collection<R>, id: string, update: (current: R) => R) {
      for (let attempt = 0; attempt < maxRecordAttempts; attempt++) {
        const item = await find(collection, id);
        if (!item) return null;
        const record = update(decodeRecord<R>(item));
        const { N = "0" } = item["revision"] ?? {};
        const written = await write(recordItem(collection, id, record, Number(N) + 1), {
          expression: "revision = :seen",
          values: { ":seen": { N } },
        });
        if (written) return record;
      }
      throw new Fault({ kind: "raced" });
    },

    async remove<R>(collection: Collection<R>, id: string) {
      if (!isValidKey(id)) return null;
      const { Attributes } = await orUnavailable(
        db.send(
          new DeleteItemCommand({
            TableName,
            Key: recordKey(collection, id),
            ReturnValues: "ALL_OLD",
          }),
        ),
      );
      return Attributes ? decodeRecord<R>(Attributes) : null;
    },
  };
}

const decodeRecord = <R>(item: Item): R => JSON.parse(item["d"]?.S ?? "null") as R;
