import { operation } from "../../http/operation.ts";
import { hasRole } from "../../identity/model/identity.ts";
import { getNetworkQuota } from "../repositories/network-quota.ts";
import { forbidden } from "../resource.ts";
import { quotaView } from "./views.ts";

export const showQuota = operation({
  id: "network/show-quota",
  service: "network",
  route: "GET /v2.0/quotas/{project_id}",
  access: { rule: "get_quota", role: "reader" },
  dynamoCalls: ["GetItem"],
  answer: "ok",
  async run({ path, project, caller }, environment) {
    if (path.project_id !== project && !hasRole(caller, "admin")) throw forbidden("get_quota");
    return quotaView(await getNetworkQuota(environment.backend().records, path.project_id));
  },
});
