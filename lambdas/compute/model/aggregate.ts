import type { Instant } from "../../core/instant.ts";

/** Hosts that have something in common. */
export interface Aggregate {
  readonly number: number;
  readonly uuid: string;
  readonly name: string;
  readonly hosts: readonly string[];
  /** The zone is a part of it. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly created: Instant;
  readonly updated: Instant | null;
}

/** What their zone is called in what is said of them. */
export const zoneKey = "availability_zone";

/** Where a host is that no aggregate has in a zone of its own (nova/conf/availability_zone.py). */
export const defaultZone = "nova";

/** Of the aggregates it is in at most one says a zone, or all the same. */
export const zoneOf = (host: string, aggregatesList: readonly Aggregate[]): string =>
  aggregatesList.find(({ hosts, metadata }) => metadata[zoneKey] && hosts.includes(host))?.metadata[
    zoneKey
  ] ?? defaultZone;
