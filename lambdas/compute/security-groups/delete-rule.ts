import { operation } from "../../http/operation.ts";
import { groupsIn, ruleWith } from "../../network/repositories/security-groups.ts";
import { refuseNoUuid } from "./group.ts";

export const deleteRule = operation({
  id: "compute/delete-rule",
  service: "compute",
  route: "DELETE /os-security-group-rules/{rule_id}",
  access: { rule: "os_compute_api:os-security-groups:rule:delete", role: "member" },
  versions: { until: 35 },
  dynamoCalls: ["Query", "GetItem", "PutItem"],
  answer: "accepted",
  async run({ project, path }, world) {
    const { records } = world.backend();
    refuseNoUuid(path.rule_id);
    const own = { project, everywhere: false };
    const { group, rule } = await ruleWith(records, own, path.rule_id.toLowerCase());
    await groupsIn(records).change(group, (was) => ({
      ...was,
      security_group_rules: was.security_group_rules.filter(({ id }) => id !== rule.id),
    }));
    return undefined;
  },
});
