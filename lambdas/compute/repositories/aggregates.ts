import type { Instant } from "../../core/instant.ts";
import { nameClaims } from "../../ports/name-claims.ts";
import type { Collection, Records } from "../../ports/records.ts";
import type { Aggregate } from "../model/aggregate.ts";

export const aggregates: Collection<Aggregate> = { name: "AGGREGATES" };

/** The last id that was assigned. */
export const aggregateNumbers: Collection<{ readonly last: number }> = {
  name: "AGGREGATE-NUMBERS",
};

/** One of concurrent requests has a name (uniq_aggregate0name in nova/db/api/models.py). */
export const aggregateNames = (records: Records) => {
  const claims = nameClaims(
    records,
    async ({ id, name }) => (await records.get(aggregates, id))?.name === name,
  );
  const scoped = (number: number, name: string) => ({
    ...{ scope: "AGGREGATES", name },
    id: String(number),
  });
  return {
    claim: (number: number, name: string, now: Instant) => claims.claim(scoped(number, name), now),
    release: (number: number, name: string, now: Instant) =>
      claims.release(scoped(number, name), now),
  };
};
