import { operation } from "../../http/operation.ts";
import { itemView } from "../list-engine.ts";
import { getSecurityGroup } from "../repositories/security-groups.ts";
import { projectScope } from "../resource.ts";
import { securityGroupResource } from "./security-group-resource.ts";

export const showSecurityGroup = operation({
  id: "network/show-security-group",
  service: "network",
  route: "GET /v2.0/security-groups/{security_group_id}",
  access: { rule: "get_security_group", role: "reader" },
  dynamoCalls: ["GetItem", "Query"],
  answer: "ok",
  async run(call, environment) {
    const { records } = environment.backend();
    return itemView(
      securityGroupResource,
      await getSecurityGroup(records, projectScope(call), call.path.security_group_id),
      call.query,
    );
  },
});
