import { paginateQuery, paginateScan, QueryCommand } from "@aws-sdk/client-dynamodb";
import { malformed } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Item } from "../../database/item.ts";
import { reaching, type Table } from "../../database/table.ts";
import type { ListQuery } from "../../ports/backend.ts";
import { gone } from "../model/lifecycle.ts";
import { type Server, standing } from "../model/server.ts";
import { decode, partitionOf, sortOf } from "./server-item.ts";

/**
 * Ids are UUIDv7, so the table's own order is that of creation, backwards Nova's default one
 * (created_at desc), and the marker is a key: a page is one Query that starts at the marker.
 */
export function listIn(table: Table) {
  return (query: ListQuery, now: Instant): Promise<Server[]> => {
    if (query.limit === 0 && query.marker === undefined) return Promise.resolve([]);
    const { project, order } = query;
    return project === null || typeof order === "function"
      ? sorted(table, query, now)
      : paged(table, project, order === "oldest", query, now);
  };
}

async function paged(
  { name, db }: Table,
  project: string,
  forward: boolean,
  { limit, marker, keep, ...query }: ListQuery,
  now: Instant,
): Promise<Server[]> {
  const found: Server[] = [];
  // A server that is gone is a legal marker (E-08), which a filter would hide
  const filtered = !query.gone && marker === undefined;
  const [first, last] = forward
    ? [sortOf(marker ?? ""), beyond]
    : [sortOf(""), marker === undefined ? beyond : sortOf(marker)];
  let awaitingMarker = marker !== undefined;
  let after: Item | undefined;
  let most = limit + (marker === undefined ? 0 : 1);
  do {
    const { Items = [], LastEvaluatedKey } = await reaching(
      db.send(
        new QueryCommand({
          TableName: name,
          KeyConditionExpression: "pk = :project AND sk BETWEEN :first AND :last",
          ...(filtered && {
            FilterExpression: isPresent,
            ExpressionAttributeNames: presentNames,
          }),
          ExpressionAttributeValues: {
            ":project": { S: partitionOf(project) },
            ":first": { S: first },
            ":last": { S: last },
            ...(filtered && presentValues(now)),
          },
          ScanIndexForward: forward,
          ConsistentRead: true,
          ...(Number.isFinite(most) && { Limit: most }),
          ...(after && { ExclusiveStartKey: after }),
        }),
      ),
    );
    for (const item of Items) {
      const server = standing(decode(item), now);
      if (awaitingMarker) {
        if (server.id !== marker) throw noMarker(marker);
        awaitingMarker = false;
      } else if (found.length < limit && wanted(server)) found.push(server);
    }
    after = LastEvaluatedKey;
    // what is kept may be rare: to look for few among many is not to take as many steps
    most = Math.max(most, Math.min(most * 4, 1_000));
  } while (after && found.length < limit);
  if (awaitingMarker) throw noMarker(marker);
  return found;

  function wanted(server: Server): boolean {
    return (query.gone || !gone(server.motion, now)) && keep(server);
  }
}

/** Every project's servers, which administrators alone ask for, or one's in an order of their own. */
async function sorted(
  { name, db }: Table,
  { project, limit, marker, keep, order, ...query }: ListQuery,
  now: Instant,
): Promise<Server[]> {
  const filtered = !query.gone && marker === undefined;
  const input = {
    TableName: name,
    ConsistentRead: true,
    ...(filtered && { ExpressionAttributeNames: presentNames }),
    ExpressionAttributeValues: {
      ":project": { S: partitionOf(project ?? "") },
      ":first": { S: sortOf("") },
      ...(filtered && presentValues(now)),
    },
  };
  const servers: Server[] = [];
  const gather = async (pages: AsyncIterable<{ Items?: Item[] | undefined }>) => {
    for await (const { Items = [] } of pages)
      servers.push(...Items.map((item) => standing(decode(item), now)));
  };
  await reaching(
    project === null
      ? gather(
          paginateScan(
            { client: db },
            {
              ...input,
              FilterExpression: `begins_with(pk, :project) AND begins_with(sk, :first)${filtered ? ` AND (${isPresent})` : ""}`,
            },
          ),
        )
      : gather(
          paginateQuery(
            { client: db },
            {
              ...input,
              KeyConditionExpression: "pk = :project AND begins_with(sk, :first)",
              ...(filtered && { FilterExpression: isPresent }),
            },
          ),
        ),
  );
  servers.sort(typeof order === "function" ? order : order === "oldest" ? byAge : byYouth);
  const start = marker === undefined ? 0 : servers.findIndex(({ id }) => id === marker) + 1;
  if (marker !== undefined && start === 0) throw noMarker(marker);
  return servers
    .slice(start)
    .filter((server) => (query.gone || !gone(server.motion, now)) && keep(server))
    .slice(0, limit);
}

/** After every server's key, whatever its id. */
const beyond = "SERVER$";

const byAge = (one: Server, other: Server): number => (one.id < other.id ? -1 : 1);
const byYouth = (one: Server, other: Server): number => byAge(other, one);

const isPresent = "#to <> :deleted OR #due > :now";
const presentNames = { "#to": "to", "#due": "due" };
const presentValues = (now: Instant): Item => ({
  ":deleted": { S: "deleted" },
  ":now": { N: String(now) },
});

const noMarker = (marker: string | undefined) => malformed(`marker [${marker}] not found`);
