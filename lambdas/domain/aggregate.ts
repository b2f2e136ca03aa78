import type { Shelf } from "./backend.ts";
import type { Instant } from "./lifecycle.ts";

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

export const aggregates: Shelf<Aggregate> = { name: "AGGREGATES" };

/** What their zone is called in what is said of them. */
export const zoneKey = "availability_zone";
