import { limitsOf } from "../../domain/volume/quota.ts";
import { operation } from "../../http/operation.ts";
import { isYes } from "../asking.ts";
import { refuseForeign, usageOf } from "./quota.ts";

export const showQuotas = operation({
  id: "volumes/cloud/show-quotas",
  service: "volume",
  route: "GET /os-quota-sets/{quota_project}",
  access: { rule: "volume_extension:quotas:show", role: "reader" },
  calls: ["GetItem", "Query"],
  answer: "document",
  async run(call, world) {
    const { records } = world.backend();
    const id = call.path.quota_project;
    refuseForeign(call, id);
    const quotas = isYes(call.query.get("usage"))
      ? await usageOf(records, id, call.now)
      : await limitsOf(records, id);
    return { quota_set: { ...quotas, id } };
  },
});
