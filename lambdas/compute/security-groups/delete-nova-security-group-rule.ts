import { operation } from "../../http/operation.ts";
import {
  getSecurityGroupRule,
  securityGroupsIn,
} from "../../network/repositories/security-groups.ts";
import { assertGroupUuid } from "./group.ts";

export const deleteNovaSecurityGroupRule = operation({
  id: "compute/delete-nova-security-group-rule",
  service: "compute",
  route: "DELETE /os-security-group-rules/{rule_id}",
  access: { rule: "os_compute_api:os-security-groups:rule:delete", role: "member" },
  versions: { until: 35 },
  dynamoCalls: ["Query", "GetItem", "PutItem"],
  answer: "accepted",
  async run({ project, path }, environment) {
    const { records } = environment.backend();
    assertGroupUuid(path.rule_id);
    const scope = { project, allProjects: false };
    const { group, rule } = await getSecurityGroupRule(records, scope, path.rule_id.toLowerCase());
    await securityGroupsIn(records).change(group, (was) => ({
      ...was,
      security_group_rules: was.security_group_rules.filter(({ id }) => id !== rule.id),
    }));
    return undefined;
  },
});
