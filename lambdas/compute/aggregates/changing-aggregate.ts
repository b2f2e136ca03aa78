import type { Instant } from "../../core/instant.ts";
import { hostnameSchema } from "../../http/schema-fields.ts";
import type { Backend } from "../../ports/backend.ts";
import type { Aggregate } from "../model/aggregate.ts";
import { invalidateHostStates } from "../repositories/host-states.ts";
import { aggregateView } from "./aggregate-view.ts";
import { changeAggregateRecord } from "./find-aggregate.ts";

export const hostBody = {
  type: "object",
  properties: { host: hostnameSchema },
  required: ["host"],
  additionalProperties: false,
} as const;

interface AggregateCall {
  readonly path: { readonly aggregate_id: string };
  readonly microversion: number;
  readonly now: Instant;
}

/**
 * Throws `no-such`.
 * @calls GetItem, PutItem
 */
export async function changeAggregate(
  { records }: Backend,
  { path, microversion, now }: AggregateCall,
  change: (was: Aggregate) => Partial<Aggregate>,
) {
  const aggregate = await changeAggregateRecord(records, path.aggregate_id, (was) => ({
    ...was,
    updated: now,
    ...change(was),
  }));
  invalidateHostStates(records);
  return { aggregate: aggregateView(aggregate, microversion) };
}
