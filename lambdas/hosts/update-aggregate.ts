import { aggregates, zoneKey } from "../domain/aggregate.ts";
import { operation } from "../http/operation.ts";
import { changed, idIn, refuseTaken } from "./aggregate-reach.ts";
import { updateSchema } from "./aggregate-schema.ts";
import { aggregateView } from "./aggregate-view.ts";

export const updateAggregate = operation({
  id: "hosts/update-aggregate",
  service: "compute",
  route: "PUT /os-aggregates/{aggregate_id}",
  access: { rule: "os_compute_api:os-aggregates:update", role: "admin" },
  calls: ["Query", "GetItem", "PutItem"],
  answer: "document",
  body: updateSchema,
  async run({ path: { aggregate_id: id }, body, microversion, now }, world) {
    const { records } = world.backend();
    const { availability_zone: zone } = body.aggregate;
    const name = body.aggregate.name?.trim();
    const number = Number(idIn(id));
    if (name !== undefined) refuseTaken(await records.all(aggregates), name, number);
    const aggregate = await changed(records, id, (was) => {
      const { [zoneKey]: former, ...others } = was.metadata;
      const zoneNow = zone === undefined ? former : zone;
      return {
        ...was,
        name: name ?? was.name,
        metadata: zoneNow ? { ...others, [zoneKey]: zoneNow } : others,
        updated: now,
      };
    });
    return { aggregate: aggregateView(aggregate, microversion) };
  },
});
