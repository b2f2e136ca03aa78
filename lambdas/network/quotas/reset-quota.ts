import { operation } from "../../http/operation.ts";
import { networkQuotaLimits } from "../repositories/network-quota.ts";

export const resetQuota = operation({
  id: "network/reset-quota",
  service: "network",
  route: "DELETE /v2.0/quotas/{project_id}",
  access: { rule: "delete_quota", role: "admin" },
  dynamoCalls: ["DeleteItem"],
  answer: "deleted",
  async run({ path }, environment) {
    await environment.backend().records.remove(networkQuotaLimits, path.project_id);
    return undefined;
  },
});
