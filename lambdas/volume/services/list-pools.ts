import { isTrue, oslo } from "../../core/booleans.ts";
import { operation } from "../../http/operation.ts";
import { poolView } from "./views.ts";

export const listPools = operation({
  id: "volume/list-pools",
  service: "volume",
  route: "GET /scheduler-stats/get_pools",
  access: { rule: "scheduler_extension:scheduler_stats:get_pools", role: "admin" },
  dynamoCalls: [],
  answer: "ok",
  run: async ({ query }) => ({
    pools: [poolView(isTrue(oslo, query.get("detail")))],
  }),
});
