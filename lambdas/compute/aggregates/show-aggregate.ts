import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { aggregates } from "../repositories/aggregates.ts";
import { aggregateView } from "./aggregate-view.ts";
import { parseAggregateId } from "./find-aggregate.ts";

export const showAggregate = operation({
  id: "compute/show-aggregate",
  service: "compute",
  route: "GET /os-aggregates/{aggregate_id}",
  access: { rule: "os_compute_api:os-aggregates:show", role: "admin" },
  dynamoCalls: ["GetItem"],
  answer: "ok",
  async run({ path: { aggregate_id: id }, microversion }, environment) {
    const aggregate = await environment.backend().records.get(aggregates, parseAggregateId(id));
    if (!aggregate) throw notFound("aggregate", id);
    return { aggregate: aggregateView(aggregate, microversion) };
  },
});
