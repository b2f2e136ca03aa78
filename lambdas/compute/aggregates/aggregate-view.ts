import { toIsoMicros } from "../../core/times.ts";
import { type Aggregate, zoneKey } from "../model/aggregate.ts";

export const aggregateView = (one: Aggregate, microversion: number) => ({
  ...newAggregateView(one, microversion),
  hosts: one.hosts,
  metadata: one.metadata,
});

export const newAggregateView = (one: Aggregate, microversion: number) => ({
  availability_zone: one.metadata[zoneKey] ?? null,
  created_at: toIsoMicros(one.created),
  deleted: false,
  deleted_at: null,
  id: one.number,
  name: one.name,
  updated_at: one.updated === null ? null : toIsoMicros(one.updated),
  ...(microversion >= 41 && { uuid: one.uuid }),
});
