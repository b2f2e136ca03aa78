import { operation } from "../../http/operation.ts";
import { defaultVolumeLimits } from "../repositories/quotas.ts";
import { assertOwnQuota } from "./assert-own-quota.ts";

export const showDefaultQuotas = operation({
  id: "volume/show-default-quotas",
  service: "volume",
  route: "GET /os-quota-sets/{quota_project}/defaults",
  access: { rule: "volume_extension:quotas:show", role: "reader" },
  dynamoCalls: [],
  answer: "ok",
  async run(call) {
    const id = call.path.quota_project;
    assertOwnQuota(call, id);
    return { quota_set: { ...defaultVolumeLimits, id } };
  },
});
