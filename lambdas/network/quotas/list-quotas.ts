import { operation } from "../../http/operation.ts";
import { defaults, limitsShelf } from "./quota.ts";

/** Of the projects that have other than the usual ones. */
export const listQuotas = operation({
  id: "network/list-quotas",
  service: "network",
  route: "GET /v2.0/quotas",
  access: { rule: "get_quota", role: "admin" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(_call, world) {
    const all = await world.backend().records.all(limitsShelf);
    return {
      quotas: all.map(({ id, limits }) => ({
        ...defaults,
        ...limits,
        project_id: id,
        tenant_id: id,
      })),
    };
  },
});
