import { operation } from "../../http/operation.ts";
import { getSecurityGroupRule, securityGroupsIn } from "../repositories/security-groups.ts";
import { projectScope } from "../resource.ts";

export const deleteRule = operation({
  id: "network/delete-rule",
  service: "network",
  route: "DELETE /v2.0/security-group-rules/{rule_id}",
  access: { rule: "delete_security_group_rule", role: "member" },
  dynamoCalls: ["Query", "GetItem", "PutItem"],
  answer: "deleted",
  async run(call, environment) {
    const { records } = environment.backend();
    const { group, rule } = await getSecurityGroupRule(
      records,
      projectScope(call),
      call.path.rule_id,
    );
    await securityGroupsIn(records).change(group, (was) => ({
      ...was,
      security_group_rules: was.security_group_rules.filter(({ id }) => id !== rule.id),
    }));
    return undefined;
  },
});
