import type { Instant } from "../../core/instant.ts";

export interface Aggregate {
  readonly number: number;
  readonly uuid: string;
  readonly name: string;
  readonly hosts: readonly string[];
  /** Includes the zone. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly created: Instant;
  readonly updated: Instant | null;
}

/** The metadata key of the zone. */
export const zoneKey = "availability_zone";

/** The zone of a host outside every zone (nova/conf/availability_zone.py). */
export const defaultZone = "nova";

/** The aggregates of one host never name two zones. */
export const zoneOf = (host: string, aggregatesList: readonly Aggregate[]): string =>
  aggregatesList.find(({ hosts, metadata }) => metadata[zoneKey] && hosts.includes(host))?.metadata[
    zoneKey
  ] ?? defaultZone;
