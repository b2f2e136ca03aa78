import { operation } from "../../http/operation.ts";
import { aggregates } from "../repositories/aggregates.ts";
import { aggregateView } from "./aggregate-view.ts";

export const listAggregates = operation({
  id: "compute/list-aggregates",
  service: "compute",
  route: "GET /os-aggregates",
  access: { rule: "os_compute_api:os-aggregates:index", role: "admin" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run({ microversion }, environment) {
    const all = await environment.backend().records.all(aggregates);
    return {
      aggregates: all
        .sort((one, other) => one.number - other.number)
        .map((one) => aggregateView(one, microversion)),
    };
  },
});
