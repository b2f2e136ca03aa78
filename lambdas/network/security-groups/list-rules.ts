import { operation } from "../../http/operation.ts";
import { listView } from "../list-engine.ts";
import { securityGroupsIn } from "../repositories/security-groups.ts";
import { projectScope } from "../resource.ts";
import { securityGroupRuleResource } from "./security-group-resource.ts";

export const listRules = operation({
  id: "network/list-rules",
  service: "network",
  route: "GET /v2.0/security-group-rules",
  access: { rule: "get_security_group_rule", role: "reader" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, environment) {
    const groups = await securityGroupsIn(environment.backend().records).all(projectScope(call));
    const rules = groups.flatMap(({ security_group_rules }) => security_group_rules);
    return listView(securityGroupRuleResource, rules, call);
  },
});
