import { notFound } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import { repr } from "../../core/python-json.ts";
import type { Backend } from "../../ports/backend.ts";
import { type Aggregate, zoneKey } from "../model/aggregate.ts";
import { aggregates } from "../repositories/aggregates.ts";
import { getHosts } from "../repositories/hosts.ts";
import { parseAggregateId } from "./find-aggregate.ts";

/** @calls GetItem */
export async function getAggregate({ records }: Backend, path: string): Promise<Aggregate> {
  const aggregate = await records.get(aggregates, parseAggregateId(path));
  if (!aggregate) throw notFound("aggregate", path);
  return aggregate;
}

/**
 * A host already in another zone conflicts (nova/compute/api.py:6669).
 * @calls Query
 */
export async function findZoneConflict(
  { records }: Backend,
  { number }: Aggregate,
  zone: string,
  hosts: readonly string[],
): Promise<string | null> {
  const others = (await records.all(aggregates))
    .filter((one) => one.number !== number && one.hosts.some((host) => hosts.includes(host)))
    .flatMap(({ metadata }) => metadata[zoneKey] ?? [])
    .filter((other) => other !== zone);
  return others.length > 0
    ? `One or more hosts already in availability zone(s) ${repr(others)}`
    : null;
}

/** @calls Query, Scan */
export async function findZoneChangeConflict(
  backend: Backend,
  aggregate: Aggregate,
  zone: unknown,
  now: Instant,
): Promise<string | null> {
  if (typeof zone !== "string" || zone === "")
    return `Aggregate ${aggregate.name} does not support empty named availability zone`;
  if (aggregate.hosts.length === 0) return null;
  const conflict = await findZoneConflict(backend, aggregate, zone, aggregate.hosts);
  if (conflict !== null || aggregate.metadata[zoneKey] === zone) return conflict;
  const hasServers = (await getHosts(backend, now)).some(
    ({ name, servers }) => aggregate.hosts.includes(name) && servers.length > 0,
  );
  return hasServers ? "One or more hosts contain instances in this zone" : null;
}
