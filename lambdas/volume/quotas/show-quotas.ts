import { isTrue, oslo } from "../../core/booleans.ts";
import { operation } from "../../http/operation.ts";
import { getVolumeLimits, getVolumeUsage } from "../repositories/quotas.ts";
import { assertOwnQuota } from "./assert-own-quota.ts";
import { quotaUsageView } from "./views.ts";

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
    const limits = await getVolumeLimits(records, id);
    const quotas = isTrue(oslo, call.query.get("usage"))
      ? quotaUsageView(limits, await getVolumeUsage(records, id, call.now))
      : limits;
    return { quota_set: { ...quotas, id } };
  },
});
