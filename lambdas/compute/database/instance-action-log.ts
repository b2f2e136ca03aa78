import { QueryCommand, type QueryCommandOutput } from "@aws-sdk/client-dynamodb";
import type { Instant } from "../../core/instant.ts";
import type { Item } from "../../database/item.ts";
import { orFault, type Table } from "../../database/table.ts";
import { type Fragment, update } from "../../database/update.ts";
import type { Requester, StartedAction } from "../model/instance-action.ts";
import type { Server } from "../model/server.ts";
import { serverSortKey } from "./server-item.ts";

/**
 * Instance actions are lines in the server's item, appended by the update that runs the action. A
 * write costs by item size, so a full list moves to an archive item first.
 */
export const logAttribute = "log";

/** The number of archive items. */
export const archiveCountAttribute = "logs";

/** Entries that fit into one kilobyte with an ordinary server. */
const maxLogLines = 4;

/** Short, because a write costs by size: the log omits ids that follow from the server. */
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

/** For an unread item: requires room. */
export const appendLine = (line: string): Fragment => ({
  set: ["#log = list_append(if_not_exists(#log, :none), :line)"],
  when: ["(attribute_not_exists(#log) OR size(#log) < :longest)"],
  names: { "#log": logAttribute },
  values: {
    ":none": toListAttribute([]),
    ":line": toListAttribute([line]),
    ":longest": { N: String(maxLogLines) },
  },
});

/**
 * For an item that was read: archives a full log first. A full log is immutable, so concurrent
 * writers archive the same lines under the same key.
 * @calls UpdateItem, if full
 */
export async function ensureLogRoom(seen: Item, table: Table): Promise<typeof appendLine> {
  const lines = parseLines(seen);
  if (lines.length < maxLogLines) return appendLine;
  const count = archiveCount(seen);
  await archiveLog(table, seen, count, lines);
  return (line) => ({
    set: ["#log = :log", "#logs = :logs"],
    when: [count === 0 ? "attribute_not_exists(#logs)" : "#logs = :seenLogs"],
    names: { "#log": logAttribute, "#logs": archiveCountAttribute },
    values: {
      ":log": toListAttribute([line]),
      ":logs": { N: String(count + 1) },
      ...(count > 0 && { ":seenLogs": { N: String(count) } }),
    },
  });
}

/** The archive expires with a deleted server. */
async function archiveLog(
  table: Table,
  { pk, sk, expires }: Item,
  index: number,
  lines: readonly string[],
): Promise<void> {
  const key = {
    pk: pk ?? { S: "" },
    sk: { S: `${archiveSortKey(sk?.S)}${String(index).padStart(6, "0")}` },
  };
  const expiry: Fragment = expires
    ? {
        set: ["#expires = :expires"],
        names: { "#expires": "expires" },
        values: { ":expires": expires },
      }
    : {};
  await update(table, key, [
    {
      set: ["#log = :lines"],
      names: { "#log": logAttribute },
      values: { ":lines": toListAttribute(lines) },
    },
    expiry,
  ]);
}

const archiveSortKey = (sort = ""): string => sort.replace(serverSortKey(""), "LOG#").concat("#");

const archiveCount = (server: Item): number => Number(server[archiveCountAttribute]?.N ?? 0);

/**
 * Oldest first.
 * @calls Query, if any
 */
export async function readArchivedLogs({ name, db }: Table, server: Item): Promise<Item[]> {
  const count = archiveCount(server);
  const archives: Item[] = [];
  let after: Item | undefined;
  while (archives.length < count) {
    const page: QueryCommandOutput = await orFault(
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
  // ignores an archive written after the server was read
  return archives.slice(0, count);
}

export const toListAttribute = (lines: readonly string[]) => ({ L: lines.map((S) => ({ S })) });

const parseLines = (item: Item): string[] =>
  (item[logAttribute]?.L ?? []).flatMap(({ S }) => S ?? []);

/** A line names its request: one that has it was written by that request. */
export const hasLine = (item: Item, line: string): boolean => parseLines(item).includes(line);

/** Oldest first; a line that a retry repeated counts once. */
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

/** Shortens 32 hexadecimal digits to 22 characters. */
const encodeHexId = (id: string): string =>
  /^[\da-f]{32}$/.test(id) ? Buffer.from(id, "hex").toString("base64url") : id;

const decodeHexId = (id: string): string =>
  /^[\w-]{22}$/.test(id) ? Buffer.from(id, "base64url").toString("hex") : id;
