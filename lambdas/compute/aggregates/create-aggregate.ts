import { randomUUID } from "node:crypto";
import { operation } from "../../http/operation.ts";
import type { Records } from "../../ports/records.ts";
import { upsert } from "../../ports/upsert.ts";
import { type Aggregate, zoneKey } from "../model/aggregate.ts";
import { aggregateNames, aggregateNumbers, aggregates } from "../repositories/aggregates.ts";
import { createAggregateSchema } from "./aggregate-schema.ts";
import { newAggregateView } from "./aggregate-view.ts";
import { aggregateNameTaken, assertAggregateNameFree } from "./find-aggregate.ts";

export const createAggregate = operation({
  id: "compute/create-aggregate",
  service: "compute",
  route: "POST /os-aggregates",
  access: { rule: "os_compute_api:os-aggregates:create", role: "admin" },
  dynamoCalls: ["Query", "GetItem", "PutItem"],
  answer: "ok",
  body: createAggregateSchema,
  async run({ body, microversion, now }, environment) {
    const { records } = environment.backend();
    const { name, availability_zone: zone } = body.aggregate;
    const all = await records.all(aggregates);
    assertAggregateNameFree(all, name, 0);
    const aggregate: Aggregate = {
      number: await nextNumber(records, all),
      uuid: randomUUID(),
      name,
      hosts: [],
      metadata: zone ? { [zoneKey]: zone } : {},
      created: now,
      updated: null,
    };
    if (!(await aggregateNames(records).claim(aggregate.number, name, now)))
      throw aggregateNameTaken(name);
    await records.add(aggregates, String(aggregate.number), aggregate);
    return { aggregate: newAggregateView(aggregate, microversion) };
  },
});

/**
 * Never reuses the number of a deleted aggregate.
 * @calls GetItem, PutItem
 */
async function nextNumber(records: Records, all: readonly Aggregate[]): Promise<number> {
  const highest = Math.max(0, ...all.map(({ number }) => number));
  const { last } = await upsert(records, aggregateNumbers, "last", (was) => ({
    last: Math.max(was?.last ?? 0, highest) + 1,
  }));
  return last;
}
