import type { Collection } from "../../ports/records.ts";
import type { Aggregate } from "../model/aggregate.ts";

export const aggregates: Collection<Aggregate> = { name: "AGGREGATES" };

/** The last id that was assigned. */
export const aggregateNumbers: Collection<{ readonly last: number }> = {
  name: "AGGREGATE-NUMBERS",
};
