import { operation } from "../../http/operation.ts";
import { networkQuotaDefaults, networkQuotaLimits } from "./network-quota.ts";

/** Only projects with own limits. */
export const listQuotas = operation({
  id: "network/list-quotas",
  service: "network",
  route: "GET /v2.0/quotas",
  access: { rule: "get_quota", role: "admin" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(_call, environment) {
    const all = await environment.backend().records.all(networkQuotaLimits);
    return {
      quotas: all.map(({ id, limits }) => ({
        ...networkQuotaDefaults,
        ...limits,
        project_id: id,
        tenant_id: id,
      })),
    };
  },
});
