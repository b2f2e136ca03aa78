import { operation } from "../../http/operation.ts";
import { hasRole } from "../../identity/model/identity.ts";
import { getNetworkQuota } from "../repositories/network-quota.ts";
import { networkQuotaUsage } from "../repositories/quota-usage.ts";
import { forbidden } from "../resource.ts";
import { quotaDetailsView } from "./views.ts";

export const showQuotaDetails = operation({
  id: "network/show-quota-details",
  service: "network",
  route: "GET /v2.0/quotas/{project_id}/details",
  access: { rule: "get_quota", role: "reader" },
  dynamoCalls: ["GetItem", "Query"],
  answer: "ok",
  async run({ path, project, caller }, environment) {
    if (path.project_id !== project && !hasRole(caller, "admin")) throw forbidden("get_quota");
    const { records } = environment.backend();
    const limits = await getNetworkQuota(records, path.project_id);
    const used = await networkQuotaUsage(records, path.project_id);
    return quotaDetailsView(limits, used);
  },
});
