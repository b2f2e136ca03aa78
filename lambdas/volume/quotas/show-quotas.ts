import { isTrue, oslo } from "../../core/booleans.ts";
import { operation } from "../../http/operation.ts";
import { getVolumeLimits } from "../repositories/quotas.ts";
import { assertOwnQuota, getQuotaUsage } from "./quota-usage.ts";

export const showQuotas = operation({
  id: "volume/show-quotas",
  service: "volume",
  route: "GET /os-quota-sets/{quota_project}",
  access: { rule: "volume_extension:quotas:show", role: "reader" },
  dynamoCalls: ["GetItem", "Query"],
  answer: "ok",
  async run(call, environment) {
    const { records } = environment.backend();
    const id = call.path.quota_project;
    assertOwnQuota(call, id);
    const quotas = isTrue(oslo, call.query.get("usage"))
      ? await getQuotaUsage(records, id, call.now)
      : await getVolumeLimits(records, id);
    return { quota_set: { ...quotas, id } };
  },
});
