import { paginateQuery, paginateScan, QueryCommand } from "@aws-sdk/client-dynamodb";
import { badRequest } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Item } from "../../database/item.ts";
import { orFault, type Table } from "../../database/table.ts";
import type { ListQuery } from "../../ports/backend.ts";
import { isDeleted } from "../model/lifecycle.ts";
import { type Server, serverAt } from "../model/server.ts";
import { decodeServer, projectPartition, serverSortKey } from "./server-item.ts";

/**
 * Sort keys are UUIDv7, so key order is creation order, reversed Nova's default (created_at desc),
 * and the marker is a key: a page is one Query from the marker.
 */
export function serverLister(table: Table) {
  return (query: ListQuery, now: Instant): Promise<Server[]> => {
    if (query.limit === 0 && query.marker === undefined) return Promise.resolve([]);
    const { project, order } = query;
    return project === null || typeof order === "function"
      ? sortedPage(table, query, now)
      : queryPage(table, project, order === "oldest", query, now);
  };
}

async function queryPage(
  { name, db }: Table,
  project: string,
  isForward: boolean,
  { limit, marker, matches, ...query }: ListQuery,
  now: Instant,
): Promise<Server[]> {
  const found: Server[] = [];
  // a deleted server is a legal marker (E-08), which the filter would hide
  const isFiltered = !query.includeDeleted && marker === undefined;
  const [first, last] = isForward
    ? [serverSortKey(marker ?? ""), afterAllServers]
    : [serverSortKey(""), marker === undefined ? afterAllServers : serverSortKey(marker)];
  let isAwaitingMarker = marker !== undefined;
  let after: Item | undefined;
  let pageLimit = limit + (marker === undefined ? 0 : 1);
  do {
    const { Items = [], LastEvaluatedKey } = await orFault(
      db.send(
        new QueryCommand({
          TableName: name,
          KeyConditionExpression: "pk = :project AND sk BETWEEN :first AND :last",
          ...(isFiltered && {
            FilterExpression: notDeletedCondition,
            ExpressionAttributeNames: notDeletedNames,
          }),
          ExpressionAttributeValues: {
            ":project": { S: projectPartition(project) },
            ":first": { S: first },
            ":last": { S: last },
            ...(isFiltered && notDeletedValues(now)),
          },
          ScanIndexForward: isForward,
          ConsistentRead: true,
          ...(Number.isFinite(pageLimit) && { Limit: pageLimit }),
          ...(after && { ExclusiveStartKey: after }),
        }),
      ),
    );
    for (const item of Items) {
      const server = serverAt(decodeServer(item), now);
      if (isAwaitingMarker) {
        if (server.id !== marker) throw markerNotFound(marker);
        isAwaitingMarker = false;
      } else if (found.length < limit && isWanted(server)) found.push(server);
    }
    after = LastEvaluatedKey;
    // grows, because few items may match
    pageLimit = Math.max(pageLimit, Math.min(pageLimit * 4, 1_000));
  } while (after && found.length < limit);
  if (isAwaitingMarker) throw markerNotFound(marker);
  return found;

  function isWanted(server: Server): boolean {
    return (query.includeDeleted || !isDeleted(server.motion, now)) && matches(server);
  }
}

/** For all projects, or another order: reads everything, then sorts. */
async function sortedPage(
  { name, db }: Table,
  { project, limit, marker, matches, order, ...query }: ListQuery,
  now: Instant,
): Promise<Server[]> {
  const isFiltered = !query.includeDeleted && marker === undefined;
  const input = {
    TableName: name,
    ConsistentRead: true,
    ...(isFiltered && { ExpressionAttributeNames: notDeletedNames }),
    ExpressionAttributeValues: {
      ":project": { S: projectPartition(project ?? "") },
      ":first": { S: serverSortKey("") },
      ...(isFiltered && notDeletedValues(now)),
    },
  };
  const servers: Server[] = [];
  const gather = async (pages: AsyncIterable<{ Items?: Item[] | undefined }>) => {
    for await (const { Items = [] } of pages)
      servers.push(...Items.map((item) => serverAt(decodeServer(item), now)));
  };
  await orFault(
    project === null
      ? gather(
          paginateScan(
            { client: db },
            {
              ...input,
              FilterExpression: `begins_with(pk, :project) AND begins_with(sk, :first)${isFiltered ? ` AND (${notDeletedCondition})` : ""}`,
            },
          ),
        )
      : gather(
          paginateQuery(
            { client: db },
            {
              ...input,
              KeyConditionExpression: "pk = :project AND begins_with(sk, :first)",
              ...(isFiltered && { FilterExpression: notDeletedCondition }),
            },
          ),
        ),
  );
  servers.sort(
    typeof order === "function" ? order : order === "oldest" ? oldestFirst : newestFirst,
  );
  const start = marker === undefined ? 0 : servers.findIndex(({ id }) => id === marker) + 1;
  if (marker !== undefined && start === 0) throw markerNotFound(marker);
  return servers
    .slice(start)
    .filter((server) => (query.includeDeleted || !isDeleted(server.motion, now)) && matches(server))
    .slice(0, limit);
}

/** Sorts after every server key. */
const afterAllServers = "SERVER$";

const oldestFirst = (one: Server, other: Server): number => (one.id < other.id ? -1 : 1);
const newestFirst = (one: Server, other: Server): number => oldestFirst(other, one);

const notDeletedCondition = "#to <> :deleted OR #due > :now";
const notDeletedNames = { "#to": "to", "#due": "due" };
const notDeletedValues = (now: Instant): Item => ({
  ":deleted": { S: "deleted" },
  ":now": { N: String(now) },
});

const markerNotFound = (marker: string | undefined) => badRequest(`marker [${marker}] not found`);
