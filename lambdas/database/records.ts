import { DeleteItemCommand, paginateQuery } from "@aws-sdk/client-dynamodb";
import { lost, optimistic } from "../ports/optimistic.ts";
import type { Collection, Records } from "../ports/records.ts";
import type { Item } from "./item.ts";
import { orFault, type Table } from "./table.ts";
import { deleteItem, putItem, putOnce, readItem } from "./update.ts";

/** Bytes: DynamoDB's limit of a sort key. */
const maxIdBytes = 1024;

const isValidKey = (id: string): boolean => id !== "" && Buffer.byteLength(id) <= maxIdBytes;

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
export function recordsIn(table: Table): Records {
  const { name: TableName, db } = table;
  const find = async (collection: Collection<unknown>, id: string): Promise<Item | undefined> =>
    isValidKey(id) ? readItem(table, recordKey(collection, id)) : undefined;

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
      await orFault(gathering);
      return records;
    },

    add: (collection, id, record) =>
      putOnce(table, recordItem(collection, id, record), { when: ["attribute_not_exists(pk)"] }),

    async put(collection, id, record) {
      await putItem(table, recordItem(collection, id, record));
    },

    change: <R>(collection: Collection<R>, id: string, update: (current: R) => R) =>
      optimistic<R | null>(async () => {
        const item = await find(collection, id);
        if (!item) return null;
        const current = decodeRecord<R>(item);
        const record = update(current);
        if (record === current) return record;
        const { N = "0" } = item["revision"] ?? {};
        const isWritten = await putOnce(table, recordItem(collection, id, record, Number(N) + 1), {
          when: ["revision = :seen"],
          values: { ":seen": { N } },
        });
        return isWritten ? record : lost;
      }),

    async remove<R>(collection: Collection<R>, id: string, read?: R) {
      if (!isValidKey(id)) return null;
      const { Attributes, $metadata } = await orFault(
        db.send(
          new DeleteItemCommand({
            TableName,
            Key: recordKey(collection, id),
            ReturnValues: "ALL_OLD",
          }),
        ),
      );
      if (Attributes) return decodeRecord<R>(Attributes);
      // the response of the first attempt was lost: it may have removed the record
      return ($metadata.attempts ?? 1) > 1 ? (read ?? null) : null;
    },

    async removeIf<R>(
      collection: Collection<R>,
      id: string,
      isRemovable: (record: R) => boolean,
      expected?: R,
    ) {
      if (!isValidKey(id)) return null;
      let seen: Item | undefined = expected && recordItem(collection, id, expected);
      let judged: R | null = null;
      return optimistic<R | null>(async (attempt) => {
        const item = seen ?? (await find(collection, id));
        // gone since the last attempt: by a concurrent request, or by ours, whose response was lost
        if (!item) return attempt === 0 || seen ? null : judged;
        seen = undefined;
        const record = decodeRecord<R>(item);
        if (!isRemovable(record)) return null;
        judged = record;
        // compares the whole record: an expected record has no revision
        const isRemoved = await deleteItem(table, recordKey(collection, id), {
          when: ["d = :seen"],
          values: { ":seen": item["d"] ?? { NULL: true } },
        });
        return isRemoved ? record : lost;
      });
    },
  };
}

const decodeRecord = <R>(item: Item): R => JSON.parse(item["d"]?.S ?? "null") as R;
