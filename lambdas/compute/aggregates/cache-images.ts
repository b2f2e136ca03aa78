import { badRequest, notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { aggregates } from "../repositories/aggregates.ts";
import { parseAggregateId } from "./find-aggregate.ts";

/** A no-op: hosts have no image cache. */
export const cacheImages = operation({
  id: "compute/cache-images",
  service: "compute",
  route: "POST /os-aggregates/{aggregate_id}/images",
  access: { rule: "compute:aggregates:images", role: "admin" },
  versions: { since: 81 },
  dynamoCalls: ["GetItem"],
  answer: "accepted",
  body: {
    type: "object",
    properties: {
      cache: {
        type: "array",
        items: {
          type: "object",
          properties: { id: { type: "string", format: "uuid" } },
          required: ["id"],
          additionalProperties: false,
        },
        minItems: 1,
      },
    },
    required: ["cache"],
    additionalProperties: false,
  },
  async run({ path: { aggregate_id: id }, body }, environment) {
    const key = parseAggregateId(id);
    const ids = body.cache.map((image) => image.id);
    if (new Set(ids).size < ids.length) throw badRequest("Duplicate images in request");
    if (!(await environment.backend().records.get(aggregates, key)))
      throw notFound("aggregate", id);
    return undefined;
  },
});
