import { randomUUID } from "node:crypto";
import { Fault } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { shown } from "../list-engine.ts";
import { defaultSecurityGroup } from "../model/defaults.ts";
import { egressRules, type SecurityGroup } from "../model/security-group.ts";
import { securityGroupsIn } from "../repositories/security-groups.ts";
import { anything, newly, saidToCreate } from "../resource.ts";
import { securityGroupKind } from "./security-group.ts";

export const createSecurityGroup = operation({
  id: "network/create-security-group",
  service: "network",
  route: "POST /v2.0/security-groups",
  access: { rule: "create_security_group", role: "member" },
  dynamoCalls: ["GetItem", "PutItem"],
  answer: "created",
  body: anything,
  async run(call, world) {
    const { project_id, ...said } = saidToCreate(securityGroupKind, call);
    if (said.name === defaultSecurityGroup)
      throw new Fault({
        kind: "conflict",
        reason: "Default security group already exists.",
        type: "SecurityGroupDefaultAlreadyExists",
      });
    const kept = newly(project_id, call.now);
    const group: SecurityGroup = {
      ...kept,
      ...said,
      shared: false,
      security_group_rules: egressRules(kept, [randomUUID(), randomUUID()]),
    };
    await securityGroupsIn(world.backend().records).add(group);
    return shown(securityGroupKind, group);
  },
});
