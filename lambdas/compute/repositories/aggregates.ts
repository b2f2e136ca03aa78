import type { Shelf } from "../../ports/records.ts";
import type { Aggregate } from "../model/aggregate.ts";

export const aggregates: Shelf<Aggregate> = { name: "AGGREGATES" };

/** The last number that one was given. */
export const aggregateNumbers: Shelf<{ readonly last: number }> = { name: "AGGREGATE-NUMBERS" };
