import { operation } from "../../http/operation.ts";
import { listed } from "../list-engine.ts";
import { securityGroupsIn } from "../repositories/security-groups.ts";
import { reachOf } from "../resource.ts";
import { securityGroupRuleKind } from "./security-group.ts";

export const listRules = operation({
  id: "network/list-rules",
  service: "network",
  route: "GET /v2.0/security-group-rules",
  access: { rule: "get_security_group_rule", role: "reader" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, world) {
    const groups = await securityGroupsIn(world.backend().records).all(reachOf(call));
    const rules = groups.flatMap(({ security_group_rules }) => security_group_rules);
    return listed(securityGroupRuleKind, rules, call);
  },
});
