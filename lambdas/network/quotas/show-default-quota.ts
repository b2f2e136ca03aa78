import { operation } from "../../http/operation.ts";
import { networkQuotaDefaults } from "../repositories/network-quota.ts";
import { quotaView } from "./views.ts";

export const showDefaultQuota = operation({
  id: "network/show-default-quota",
  service: "network",
  route: "GET /v2.0/quotas/{project_id}/default",
  access: { rule: "get_quota", role: "reader" },
  dynamoCalls: [],
  answer: "ok",
  run: async () => quotaView(networkQuotaDefaults),
});
