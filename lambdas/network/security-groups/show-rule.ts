import { operation } from "../../http/operation.ts";
import { shown } from "../list-engine.ts";
import { getSecurityGroupRule } from "../repositories/security-groups.ts";
import { reachOf } from "../resource.ts";
import { securityGroupRuleKind } from "./security-group.ts";

export const showRule = operation({
  id: "network/show-rule",
  service: "network",
  route: "GET /v2.0/security-group-rules/{rule_id}",
  access: { rule: "get_security_group_rule", role: "reader" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, world) {
    const { records } = world.backend();
    const { rule } = await getSecurityGroupRule(records, reachOf(call), call.path.rule_id);
    return shown(securityGroupRuleKind, rule, call.query);
  },
});
