import { randomUUID } from "node:crypto";
import { type Aggregate, aggregates, zoneKey } from "../domain/aggregate.ts";
import { operation } from "../http/operation.ts";
import { refuseTaken } from "./aggregate-reach.ts";
import { createSchema } from "./aggregate-schema.ts";
import { newAggregateView } from "./aggregate-view.ts";

export const createAggregate = operation({
  id: "hosts/create-aggregate",
  service: "compute",
  route: "POST /os-aggregates",
  access: { rule: "os_compute_api:os-aggregates:create", role: "admin" },
  calls: ["Query", "PutItem"],
  answer: "document",
  body: createSchema,
  async run({ body, microversion, now }, world) {
    const { records } = world.backend();
    const { name, availability_zone: zone } = body.aggregate;
    for (;;) {
      const all = await records.all(aggregates);
      refuseTaken(all, name, 0);
      const aggregate: Aggregate = {
        number: Math.max(0, ...all.map(({ number }) => number)) + 1,
        uuid: randomUUID(),
        name,
        hosts: [],
        metadata: zone ? { [zoneKey]: zone } : {},
        created: now,
        updated: null,
      };
      // where another has taken the number meanwhile, there is one more to count
      if (await records.add(aggregates, String(aggregate.number), aggregate))
        return { aggregate: newAggregateView(aggregate, microversion) };
    }
  },
});
