import { operation } from "../../http/operation.ts";
import { itemView } from "../list-engine.ts";
import { getSecurityGroupRule } from "../repositories/security-groups.ts";
import { projectScope } from "../resource.ts";
import { securityGroupRuleResource } from "./security-group-resource.ts";

export const showRule = operation({
  id: "network/show-rule",
  service: "network",
  route: "GET /v2.0/security-group-rules/{rule_id}",
  access: { rule: "get_security_group_rule", role: "reader" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, environment) {
    const { records } = environment.backend();
    const { rule } = await getSecurityGroupRule(records, projectScope(call), call.path.rule_id);
    return itemView(securityGroupRuleResource, rule, call.query);
  },
});
