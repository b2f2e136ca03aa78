import { QueryCommand, type QueryCommandOutput, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import type { Instant } from "../../core/instant.ts";
import type { Item } from "../../database/item.ts";
import { orUnavailable, type Table } from "../../database/table.ts";
import type { Requester, StartedAction } from "../model/instance-action.ts";
import type { Server } from "../model/server.ts";
import { serverSortKey } from "./server-item.ts";

/**
 * What was done to a server stands in a list beside it, a line each, added in the same update that does
 * it; nothing but `history` reads them. A write is charged by the size of what it is in, so the list is
 * short: before a line that has no room is added, those there are put down in an item of their own.
 */
export const logAttribute = "log";

/** How many of those items there are. */
export const archiveCountAttribute = "logs";

/** As many as an ordinary server has room for in its kilobyte. */
const maxLogLines = 4;

/** As short as it can be, for an item is charged by its size; whose server it is, is not said again. */
export const encodeLogLine = (
  action: StartedAction["action"],
  start: Instant,
  request: string,
  by: readonly string[] = [],
) => {
  const id = request.replace(/^req-/, "");
  const hexId = uuidPattern.test(id) ? id.replaceAll("-", "") : id;
  return [action, start.toString(36), ...[hexId, ...by].map(encodeHexId)].join(" ");
};

const uuidPattern = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

export const encodeRequesterLine = (
  action: StartedAction["action"],
  start: Instant,
  by: Requester,
  project: string,
): string =>
  encodeLogLine(action, start, by.request, [
    by.user,
    ...(by.project === project ? [] : [by.project]),
  ]);

/** A line more, as part of an update. */
export interface LogFragment {
  /** What is SET. */
  readonly set: string;
  readonly condition: string;
  readonly names: Readonly<Record<string, string>>;
  readonly values: Item;
}

/** Of a server that has not been seen: on condition that there is room. */
export const appendLine = (line: string): LogFragment => ({
  set: "#log = list_append(if_not_exists(#log, :none), :line)",
  condition: "(attribute_not_exists(#log) OR size(#log) < :longest)",
  names: { "#log": logAttribute },
  values: {
    ":none": toListAttribute([]),
    ":line": toListAttribute([line]),
    ":longest": { N: String(maxLogLines) },
  },
});

/**
 * Of one that has: where there is no room, some is made. A full list changes in no other way, so
 * whoever finds it puts down the same lines in the same place, and one of them begins the list anew.
 * (UpdateItem, where it is full)
 */
export async function ensureLogRoom(seen: Item, table: Table): Promise<typeof appendLine> {
  const lines = parseLines(seen);
  if (lines.length < maxLogLines) return appendLine;
  const count = archiveCount(seen);
  await archiveLog(table, seen, count, lines);
  return (line) => ({
    set: "#log = :log, #logs = :logs",
    condition: count === 0 ? "attribute_not_exists(#logs)" : "#logs = :seenLogs",
    names: { "#log": logAttribute, "#logs": archiveCountAttribute },
    values: {
      ":log": toListAttribute([line]),
      ":logs": { N: String(count + 1) },
      ...(count > 0 && { ":seenLogs": { N: String(count) } }),
    },
  });
}

/** Of a server that goes, it goes with it. */
async function archiveLog(
  { name, db }: Table,
  { pk, sk, expires }: Item,
  index: number,
  lines: readonly string[],
): Promise<void> {
  const command = new UpdateItemCommand({
    TableName: name,
    Key: {
      pk: pk ?? { S: "" },
      sk: { S: `${archiveSortKey(sk?.S)}${String(index).padStart(6, "0")}` },
    },
    UpdateExpression: `SET #log = :lines${expires ? ", #expires = :expires" : ""}`,
    ExpressionAttributeNames: { "#log": logAttribute, ...(expires && { "#expires": "expires" }) },
    ExpressionAttributeValues: {
      ":lines": toListAttribute(lines),
      ...(expires && { ":expires": expires }),
    },
  });
  await orUnavailable(db.send(command));
}

const archiveSortKey = (sort = ""): string => sort.replace(serverSortKey(""), "LOG#").concat("#");

const archiveCount = (server: Item): number => Number(server[archiveCountAttribute]?.N ?? 0);

/** What is put down beside a server, the oldest first. (Query, where there is any) */
export async function readArchivedLogs({ name, db }: Table, server: Item): Promise<Item[]> {
  const count = archiveCount(server);
  const archives: Item[] = [];
  let after: Item | undefined;
  while (archives.length < count) {
    const page: QueryCommandOutput = await orUnavailable(
      db.send(
        new QueryCommand({
          TableName: name,
          KeyConditionExpression: "pk = :project AND begins_with(sk, :shelf)",
          ExpressionAttributeValues: {
            ":project": server["pk"] ?? { S: "" },
            ":shelf": { S: archiveSortKey(server["sk"]?.S) },
          },
          ConsistentRead: true,
          ...(after && { ExclusiveStartKey: after }),
        }),
      ),
    );
    archives.push(...(page.Items ?? []));
    after = page.LastEvaluatedKey;
    if (!after) break;
  }
  // one more is there where somebody has just put it down
  return archives.slice(0, count);
}

export const toListAttribute = (lines: readonly string[]) => ({ L: lines.map((S) => ({ S })) });

const parseLines = (item: Item): string[] =>
  (item[logAttribute]?.L ?? []).flatMap(({ S }) => S ?? []);

/** The lines as they were meant, the oldest first; one that was sent twice is one. */
export const startedActions = (items: readonly Item[], server: Server): StartedAction[] =>
  [...new Set(items.flatMap(parseLines))].map((line) => {
    const [action, start = "", ...ids] = line.split(" ");
    const [request = "", user, project] = ids.map(decodeHexId);
    return {
      action: action as StartedAction["action"],
      start: Number.parseInt(start, 36),
      request: `req-${request.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5")}`,
      user: user ?? server.user,
      project: project ?? server.project,
    };
  });

/** An id of 32 hexadecimal digits is 22 letters. */
const encodeHexId = (id: string): string =>
  /^[\da-f]{32}$/.test(id) ? Buffer.from(id, "hex").toString("base64url") : id;

const decodeHexId = (id: string): string =>
  /^[\w-]{22}$/.test(id) ? Buffer.from(id, "base64url").toString("hex") : id;
