import { operation } from "../../http/operation.ts";
import { getGroupOfPath, novaSecurityGroupView } from "./group.ts";

export const showSecurityGroup = operation({
  id: "compute/show-security-group",
  service: "compute",
  route: "GET /os-security-groups/{group_id}",
  access: { rule: "os_compute_api:os-security-groups:show", role: "reader" },
  versions: { until: 35 },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, environment) {
    const { group, all } = await getGroupOfPath(environment.backend().records, call);
    return { security_group: novaSecurityGroupView(group, all) };
  },
});
