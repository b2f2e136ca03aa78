import { paginateScan, QueryCommand } from "@aws-sdk/client-dynamodb";
import type { ListQuery } from "../domain/backend.ts";
import { malformed } from "../domain/fault.ts";
import { gone, type Instant } from "../domain/lifecycle.ts";
import type { Server } from "../domain/server.ts";
import { decode, type Item, partitionOf, sortOf } from "./server-item.ts";
import { reaching, type Table } from "./table.ts";

/**
 * Lists servers, newest first. Ids are UUIDv7, so the table's own order is Nova's default one
 * (created_at desc) and the marker is a key: a page is one Query that starts at the marker.
 */
export function listIn(table: Table) {
  return (query: ListQuery, now: Instant): Promise<Server[]> => {
    if (query.limit === 0) return Promise.resolve([]);
    return query.project === null
      ? everywhere(table, query, now)
      : inProject(table, query.project, query, now);
  };
}

async function inProject(
  { name, db }: Table,
  project: string,
  { limit, marker, keep, ...query }: ListQuery,
  now: Instant,
): Promise<Server[]> {
  const found: Server[] = [];
  // A server that is gone is a legal marker (E-08), which a filter would hide
  const filtered = !query.gone && marker === undefined;
  let awaitingMarker = marker !== undefined;
  let after: Item | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await reaching(
      db.send(
        new QueryCommand({
          TableName: name,
          ...(marker === undefined
            ? { KeyConditionExpression: "pk = :project AND begins_with(sk, :first)" }
            : { KeyConditionExpression: "pk = :project AND sk BETWEEN :first AND :marker" }),
          ...(filtered && {
            FilterExpression: isPresent,
            ExpressionAttributeNames: presentNames,
          }),
          ExpressionAttributeValues: {
            ":project": { S: partitionOf(project) },
            ":first": { S: sortOf("") },
            ...(marker !== undefined && { ":marker": { S: sortOf(marker) } }),
            ...(filtered && presentValues(now)),
          },
          ScanIndexForward: false,
          ConsistentRead: true,
          ...(Number.isFinite(limit) && { Limit: limit + (marker === undefined ? 0 : 1) }),
          ...(after && { ExclusiveStartKey: after }),
        }),
      ),
    );
    for (const item of Items) {
      const server = decode(item);
      if (awaitingMarker) {
        if (server.id !== marker) throw noMarker(marker);
        awaitingMarker = false;
      } else if (found.length < limit && wanted(server)) found.push(server);
    }
    after = LastEvaluatedKey;
  } while (after && found.length < limit);
  if (awaitingMarker) throw noMarker(marker);
  return found;

  function wanted(server: Server): boolean {
    return (query.gone || !gone(server.motion, now)) && keep(server);
  }
}

/** For administrators alone: every project's servers, gathered and put in the same order. */
async function everywhere(
  { name, db }: Table,
  { limit, marker, keep, ...query }: ListQuery,
  now: Instant,
): Promise<Server[]> {
  const pages = paginateScan(
    { client: db },
    {
      TableName: name,
      FilterExpression: `begins_with(pk, :projects) AND begins_with(sk, :first)${query.gone ? "" : ` AND (${isPresent})`}`,
      ...(!query.gone && { ExpressionAttributeNames: presentNames }),
      ExpressionAttributeValues: {
        ":projects": { S: partitionOf("") },
        ":first": { S: sortOf("") },
        ...(!query.gone && presentValues(now)),
      },
      ConsistentRead: true,
    },
  );
  const servers: Server[] = [];
  const gathered = (async () => {
    for await (const { Items = [] } of pages) servers.push(...Items.map(decode));
  })();
  await reaching(gathered);
  servers.sort((one, other) => (one.id < other.id ? 1 : -1));
  const start = marker === undefined ? 0 : servers.findIndex(({ id }) => id === marker) + 1;
  if (marker !== undefined && start === 0) throw noMarker(marker);
  return servers.slice(start).filter(keep).slice(0, limit);
}

const isPresent = "#to <> :deleted OR #due > :now";
const presentNames = { "#to": "to", "#due": "due" };
const presentValues = (now: Instant): Item => ({
  ":deleted": { S: "deleted" },
  ":now": { N: String(now) },
});

const noMarker = (marker: string | undefined) => malformed(`marker [${marker}] not found`);
