import { operation } from "../../http/operation.ts";
import { networkQuotaLimits } from "../repositories/network-quota.ts";
import { quotasView } from "./views.ts";

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
    return quotasView(all);
  },
});
