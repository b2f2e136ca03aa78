import { badRequest, notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { aggregateNames, aggregates } from "../repositories/aggregates.ts";
import { parseAggregateId } from "./find-aggregate.ts";

export const deleteAggregate = operation({
  id: "compute/delete-aggregate",
  service: "compute",
  route: "DELETE /os-aggregates/{aggregate_id}",
  access: { rule: "os_compute_api:os-aggregates:delete", role: "admin" },
  dynamoCalls: ["GetItem", "PutItem", "DeleteItem"],
  answer: "noContent",
  async run({ path: { aggregate_id: id }, now }, environment) {
    const { records } = environment.backend();
    const aggregate = await records.get(aggregates, parseAggregateId(id));
    if (aggregate && aggregate.hosts.length > 0)
      throw badRequest(
        `Cannot remove host from aggregate ${id}. Reason: Host aggregate is not empty.`,
      );
    const removed =
      aggregate && (await records.remove(aggregates, parseAggregateId(id), aggregate));
    if (!removed) throw notFound("aggregate", id);
    await aggregateNames(records).release(removed.number, removed.name, now);
    return undefined;
  },
});
