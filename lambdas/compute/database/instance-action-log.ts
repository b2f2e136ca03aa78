import { QueryCommand, type QueryCommandOutput, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import type { Instant } from "../../core/instant.ts";
import type { Item } from "../../database/item.ts";
import { reaching, type Table } from "../../database/table.ts";
import type { Begun, Requester } from "../model/instance-action.ts";
import type { Server } from "../model/server.ts";
import { sortOf } from "./server-item.ts";

/**
 * What was done to a server stands in a list beside it, a line each, added in the same update that does
 * it; nothing but `history` reads them. A write is charged by the size of what it is in, so the list is
 * short: before a line that has no room is added, those there are put down in an item of their own.
 */
export const logAttribute = "log";

/** How many of those items there are. */
export const shelvesAttribute = "logs";

/** As many as an ordinary server has room for in its kilobyte. */
const longest = 4;

/** As short as it can be, for an item is charged by its size; whose server it is, is not said again. */
export const logLine = (
  action: Begun["action"],
  start: Instant,
  request: string,
  by: readonly string[] = [],
) => {
  const id = request.replace(/^req-/, "");
  const bare = uuid.test(id) ? id.replaceAll("-", "") : id;
  return [action, start.toString(36), ...[bare, ...by].map(packed)].join(" ");
};

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

export const lineOf = (
  action: Begun["action"],
  start: Instant,
  by: Requester,
  project: string,
): string =>
  logLine(action, start, by.request, [by.user, ...(by.project === project ? [] : [by.project])]);

/** A line more, as part of an update. */
export interface Appended {
  /** What is SET. */
  readonly says: string;
  readonly condition: string;
  readonly names: Readonly<Record<string, string>>;
  readonly values: Item;
}

/** Of a server that has not been seen: on condition that there is room. */
export const appending = (line: string): Appended => ({
  says: "#log = list_append(if_not_exists(#log, :none), :line)",
  condition: "(attribute_not_exists(#log) OR size(#log) < :longest)",
  names: { "#log": logAttribute },
  values: { ":none": listOf([]), ":line": listOf([line]), ":longest": { N: String(longest) } },
});

/**
 * Of one that has: where there is no room, some is made. A full list changes in no other way, so
 * whoever finds it puts down the same lines in the same place, and one of them begins the list anew.
 * (UpdateItem, where it is full)
 */
export async function roomIn(seen: Item, table: Table): Promise<typeof appending> {
  const lines = linesIn(seen);
  if (lines.length < longest) return appending;
  const count = shelvesIn(seen);
  await shelve(table, seen, count, lines);
  return (line) => ({
    says: "#log = :log, #logs = :logs",
    condition: count === 0 ? "attribute_not_exists(#logs)" : "#logs = :seenLogs",
    names: { "#log": logAttribute, "#logs": shelvesAttribute },
    values: {
      ":log": listOf([line]),
      ":logs": { N: String(count + 1) },
      ...(count > 0 && { ":seenLogs": { N: String(count) } }),
    },
  });
}

/** Of a server that goes, it goes with it. */
async function shelve(
  { name, db }: Table,
  { pk, sk, expires }: Item,
  number: number,
  lines: readonly string[],
): Promise<void> {
  const command = new UpdateItemCommand({
    TableName: name,
    Key: {
      pk: pk ?? { S: "" },
      sk: { S: `${shelfSort(sk?.S)}${String(number).padStart(6, "0")}` },
    },
    UpdateExpression: `SET #log = :lines${expires ? ", #expires = :expires" : ""}`,
    ExpressionAttributeNames: { "#log": logAttribute, ...(expires && { "#expires": "expires" }) },
    ExpressionAttributeValues: {
      ":lines": listOf(lines),
      ...(expires && { ":expires": expires }),
    },
  });
  await reaching(db.send(command));
}

const shelfSort = (sort = ""): string => sort.replace(sortOf(""), "LOG#").concat("#");

const shelvesIn = (server: Item): number => Number(server[shelvesAttribute]?.N ?? 0);

/** What is put down beside a server, the oldest first. (Query, where there is any) */
export async function shelvesOf({ name, db }: Table, server: Item): Promise<Item[]> {
  const count = shelvesIn(server);
  const shelves: Item[] = [];
  let after: Item | undefined;
  while (shelves.length < count) {
    const found: QueryCommandOutput = await reaching(
      db.send(
        new QueryCommand({
          TableName: name,
          KeyConditionExpression: "pk = :project AND begins_with(sk, :shelf)",
          ExpressionAttributeValues: {
            ":project": server["pk"] ?? { S: "" },
            ":shelf": { S: shelfSort(server["sk"]?.S) },
          },
          ConsistentRead: true,
          ...(after && { ExclusiveStartKey: after }),
        }),
      ),
    );
    shelves.push(...(found.Items ?? []));
    after = found.LastEvaluatedKey;
    if (!after) break;
  }
  // one more is there where somebody has just put it down
  return shelves.slice(0, count);
}

export const listOf = (lines: readonly string[]) => ({ L: lines.map((S) => ({ S })) });

const linesIn = (item: Item): string[] => (item[logAttribute]?.L ?? []).flatMap(({ S }) => S ?? []);

/** The lines as they were meant, the oldest first; one that was sent twice is one. */
export const begunIn = (items: readonly Item[], server: Server): Begun[] =>
  [...new Set(items.flatMap(linesIn))].map((line) => {
    const [action, start = "", ...ids] = line.split(" ");
    const [request = "", user, project] = ids.map(unpacked);
    return {
      action: action as Begun["action"],
      start: Number.parseInt(start, 36),
      request: `req-${request.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5")}`,
      user: user ?? server.user,
      project: project ?? server.project,
    };
  });

/** An id of 32 hexadecimal digits is 22 letters. */
const packed = (id: string): string =>
  /^[\da-f]{32}$/.test(id) ? Buffer.from(id, "hex").toString("base64url") : id;

const unpacked = (id: string): string =>
  /^[\w-]{22}$/.test(id) ? Buffer.from(id, "base64url").toString("hex") : id;
