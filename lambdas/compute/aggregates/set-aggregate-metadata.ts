import { badRequest } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { type Aggregate, zoneKey } from "../model/aggregate.ts";
import { findZoneChangeConflict, getAggregate } from "./aggregate-zone.ts";
import { changeAggregate } from "./changing-aggregate.ts";

const metadataBody = {
  type: "object",
  properties: {
    metadata: {
      type: "object",
      patternProperties: {
        "^[a-zA-Z0-9-_:. ]{1,255}$": { type: ["string", "null"], maxLength: 255 },
      },
      additionalProperties: false,
    },
  },
  required: ["metadata"],
  additionalProperties: false,
} as const;

/** A host with servers keeps its zone. */
export const setAggregateMetadata = operation({
  id: "compute/set-aggregate-metadata",
  service: "compute",
  route: "POST /os-aggregates/{aggregate_id}/action",
  action: "set_metadata",
  access: { rule: "os_compute_api:os-aggregates:set_metadata", role: "admin" },
  dynamoCalls: ["Scan", "Query", "GetItem", "PutItem"],
  answer: "ok",
  body: {
    type: "object",
    properties: { set_metadata: metadataBody },
    required: ["set_metadata"],
    additionalProperties: false,
  },
  async run(call, environment) {
    const backend = environment.backend();
    const { metadata } = call.body.set_metadata;
    const aggregate = await getAggregate(backend, call.path.aggregate_id);
    const reason = Object.hasOwn(metadata, zoneKey)
      ? await findZoneChangeConflict(backend, aggregate, metadata[zoneKey], call.now)
      : null;
    if (reason !== null)
      throw badRequest(
        `Cannot update metadata of aggregate ${aggregate.number}. Reason: ${reason}.`,
      );
    return changeAggregate(backend, call, (was) => ({
      metadata: mergeAggregateMetadata(was, metadata),
    }));
  },
});

function mergeAggregateMetadata(
  { metadata }: Aggregate,
  changes: Readonly<Record<string, unknown>>,
) {
  const all = Object.entries({ ...metadata, ...changes });
  return Object.fromEntries(
    all.flatMap(([key, value]) => (value === null ? [] : [[key, String(value)]])),
  );
}
