import { malformed } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { zoneKey } from "../model/aggregate.ts";
import { aggregates } from "../repositories/aggregates.ts";
import { forgetHosts } from "../repositories/host-states.ts";
import { updateSchema } from "./aggregate-schema.ts";
import { aggregateView } from "./aggregate-view.ts";
import { aggregateAt, rezoning } from "./aggregate-zone.ts";
import { changed, refuseTaken } from "./find-aggregate.ts";

export const updateAggregate = operation({
  id: "compute/update-aggregate",
  service: "compute",
  route: "PUT /os-aggregates/{aggregate_id}",
  access: { rule: "os_compute_api:os-aggregates:update", role: "admin" },
  dynamoCalls: ["Scan", "Query", "GetItem", "PutItem"],
  answer: "document",
  body: updateSchema,
  async run({ path: { aggregate_id: id }, body, microversion, now }, world) {
    const { records } = world.backend();
    const { availability_zone: zone } = body.aggregate;
    const name = body.aggregate.name?.trim();
    const { number } = await refuseRezoning();
    if (name !== undefined) refuseTaken(await records.all(aggregates), name, number);
    const aggregate = await changed(records, id, (was) => {
      return {
        ...was,
        name: name ?? was.name,
        metadata: { ...was.metadata, ...(zone && { [zoneKey]: zone }) },
        updated: now,
      };
    });
    forgetHosts(records);
    return { aggregate: aggregateView(aggregate, microversion) };

    async function refuseRezoning() {
      const was = await aggregateAt(world.backend(), id);
      const reason = zone === undefined ? null : await rezoning(world.backend(), was, zone, now);
      if (reason === null) return was;
      throw malformed(`Cannot update aggregate ${was.number}. Reason: ${reason}.`);
    }
  },
});
