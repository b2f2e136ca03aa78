import { randomUUID } from "node:crypto";
import { Fault } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { itemView } from "../list-engine.ts";
import { defaultSecurityGroup } from "../model/defaults.ts";
import { egressRules, type SecurityGroup } from "../model/security-group.ts";
import { assertNetworkQuota } from "../repositories/quota-usage.ts";
import { securityGroupsIn } from "../repositories/security-groups.ts";
import { anyObject, newAttributes, parseCreate } from "../resource.ts";
import { securityGroupResource } from "./security-group-resource.ts";

export const createSecurityGroup = operation({
  id: "network/create-security-group",
  service: "network",
  route: "POST /v2.0/security-groups",
  access: { rule: "create_security_group", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "created",
  body: anyObject,
  async run(call, environment) {
    const { project_id, ...attributes } = parseCreate(securityGroupResource, call);
    if (attributes.name === defaultSecurityGroup)
      throw new Fault({
        kind: "conflict",
        reason: "Default security group already exists.",
        type: "SecurityGroupDefaultAlreadyExists",
      });
    const standard = newAttributes(project_id, call.now);
    const group: SecurityGroup = {
      ...standard,
      ...attributes,
      shared: false,
      security_group_rules: egressRules(standard, [randomUUID(), randomUUID()]),
    };
    const { records } = environment.backend();
    await assertNetworkQuota(records, project_id, "security_group");
    await securityGroupsIn(records).add(group);
    return itemView(securityGroupResource, group);
  },
});
