import { badRequest } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { zoneKey } from "../model/aggregate.ts";
import { aggregateNames, aggregates } from "../repositories/aggregates.ts";
import { invalidateHostStates } from "../repositories/host-states.ts";
import { updateAggregateSchema } from "./aggregate-schema.ts";
import { aggregateView } from "./aggregate-view.ts";
import { findZoneChangeConflict, getAggregate } from "./aggregate-zone.ts";
import {
  aggregateNameTaken,
  assertAggregateNameFree,
  changeAggregateRecord,
} from "./find-aggregate.ts";

export const updateAggregate = operation({
  id: "compute/update-aggregate",
  service: "compute",
  route: "PUT /os-aggregates/{aggregate_id}",
  access: { rule: "os_compute_api:os-aggregates:update", role: "admin" },
  dynamoCalls: ["Scan", "Query", "GetItem", "PutItem", "DeleteItem"],
  answer: "ok",
  body: updateAggregateSchema,
  async run({ path: { aggregate_id: id }, body, microversion, now }, environment) {
    const { records } = environment.backend();
    const { availability_zone: zone } = body.aggregate;
    const name = body.aggregate.name?.trim();
    const { number, name: oldName } = await assertZoneChangeAllowed();
    const names = aggregateNames(records);
    const isRenamed = name !== undefined && name !== oldName;
    if (isRenamed) {
      assertAggregateNameFree(await records.all(aggregates), name, number);
      if (!(await names.claim(number, name, now))) throw aggregateNameTaken(name);
    }
    const aggregate = await changeAggregateRecord(records, id, (was) => {
      return {
        ...was,
        name: name ?? was.name,
        metadata: { ...was.metadata, ...(zone && { [zoneKey]: zone }) },
        updated: now,
      };
    });
    if (isRenamed) await names.release(number, oldName, now);
    invalidateHostStates(records);
    return { aggregate: aggregateView(aggregate, microversion) };

    async function assertZoneChangeAllowed() {
      const was = await getAggregate(environment.backend(), id);
      const reason =
        zone === undefined
          ? null
          : await findZoneChangeConflict(environment.backend(), was, zone, now);
      if (reason === null) return was;
      throw badRequest(`Cannot update aggregate ${was.number}. Reason: ${reason}.`);
    }
  },
});
