import { badRequest, notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { itemView } from "../list-engine.ts";
import { cidrFromText } from "../model/cidr.ts";
import { addRule, type SecurityGroupRule } from "../model/security-group.ts";
import { assertNetworkQuota } from "../repositories/quota-usage.ts";
import { getSecurityGroup, securityGroupsIn } from "../repositories/security-groups.ts";
import { anyObject, newAttributes, parseCreate, projectScope } from "../resource.ts";
import { assertPortRange } from "./protocol.ts";
import { securityGroupRuleResource } from "./security-group-resource.ts";

export const createRule = operation({
  id: "network/create-rule",
  service: "network",
  route: "POST /v2.0/security-group-rules",
  access: { rule: "create_security_group_rule", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "created",
  body: anyObject,
  async run(call, environment) {
    const { records } = environment.backend();
    const { project_id: _, ...attributes } = parseCreate(securityGroupRuleResource, call);
    assertPortRange(attributes);
    assertRemotes(attributes);
    const group = await getSecurityGroup(records, projectScope(call), attributes.security_group_id);
    if (attributes.remote_group_id !== null)
      await getSecurityGroup(records, projectScope(call), attributes.remote_group_id);
    const rule: SecurityGroupRule = { ...newAttributes(group.project_id, call.now), ...attributes };
    await assertNetworkQuota(records, group.project_id, "security_group_rule");
    const updated = await securityGroupsIn(records).change(group, (was) => addRule(was, rule));
    if (!updated) throw notFound("security_group", group.id);
    return itemView(securityGroupRuleResource, rule);
  },
});

type RuleRemotes = Pick<SecurityGroupRule, "remote_group_id" | "remote_ip_prefix" | "ethertype">;

function assertRemotes({ remote_group_id, remote_ip_prefix, ethertype }: RuleRemotes): void {
  if (remote_ip_prefix === null) return;
  if (remote_group_id !== null)
    throw badRequest(
      "Only remote_ip_prefix or remote_group_id may be provided.",
      "SecurityGroupRemoteGroupAndRemoteIpPrefix",
    );
  if (`IPv${cidrFromText(remote_ip_prefix)?.version}` !== ethertype)
    throw badRequest(
      `Conflicting value ethertype ${ethertype} for CIDR ${remote_ip_prefix}`,
      "SecurityGroupRuleParameterConflict",
    );
}
