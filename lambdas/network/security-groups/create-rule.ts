import { badRequest, notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { shown } from "../list-engine.ts";
import { cidrFromText } from "../model/cidr.ts";
import { addRule, type SecurityGroupRule } from "../model/security-group.ts";
import { getSecurityGroup, securityGroupsIn } from "../repositories/security-groups.ts";
import { anything, newly, reachOf, saidToCreate } from "../resource.ts";
import { refuseRange } from "./protocol.ts";
import { securityGroupRuleKind } from "./security-group.ts";

export const createRule = operation({
  id: "network/create-rule",
  service: "network",
  route: "POST /v2.0/security-group-rules",
  access: { rule: "create_security_group_rule", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "created",
  body: anything,
  async run(call, world) {
    const { records } = world.backend();
    const { project_id: _, ...said } = saidToCreate(securityGroupRuleKind, call);
    refuseRange(said);
    refuseRemotes(said);
    const group = await getSecurityGroup(records, reachOf(call), said.security_group_id);
    if (said.remote_group_id !== null)
      await getSecurityGroup(records, reachOf(call), said.remote_group_id);
    const rule: SecurityGroupRule = { ...newly(group.project_id, call.now), ...said };
    const kept = await securityGroupsIn(records).change(group, (was) => addRule(was, rule));
    if (!kept) throw notFound("security_group", group.id);
    return shown(securityGroupRuleKind, rule);
  },
});

type Said = Pick<SecurityGroupRule, "remote_group_id" | "remote_ip_prefix" | "ethertype">;

function refuseRemotes({ remote_group_id, remote_ip_prefix, ethertype }: Said): void {
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
