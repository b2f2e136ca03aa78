import { operation } from "../../http/operation.ts";
import { volumeLimitsCollection } from "../repositories/quotas.ts";

export const resetQuotas = operation({
  id: "volume/reset-quotas",
  service: "volume",
  route: "DELETE /os-quota-sets/{quota_project}",
  access: { rule: "volume_extension:quotas:delete", role: "admin" },
  dynamoCalls: ["DeleteItem"],
  answer: "noContent",
  async run({ path }, environment) {
    await environment.backend().records.remove(volumeLimitsCollection, path.quota_project);
    return undefined;
  },
});
