import { randomUUID } from "node:crypto";
import { Fault } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { defaultSecurityGroup } from "../../network/model/defaults.ts";
import { egressRules, type SecurityGroup } from "../../network/model/security-group.ts";
import { securityGroupsIn } from "../../network/repositories/security-groups.ts";
import { novaSecurityGroupView, securityGroupBody } from "./group.ts";

export const createSecurityGroup = operation({
  id: "compute/create-security-group",
  service: "compute",
  route: "POST /os-security-groups",
  access: { rule: "os_compute_api:os-security-groups:create", role: "member" },
  versions: { until: 35 },
  dynamoCalls: ["GetItem", "PutItem"],
  answer: "ok",
  body: securityGroupBody,
  async run({ project, body, now }, environment) {
    const { name, description } = body.security_group;
    // Nova reports every conflict of Neutron as an exceeded quota
    // (nova/network/security_group_api.py:251)
    if (name === defaultSecurityGroup)
      throw new Fault({ kind: "denied", reason: "Default security group already exists." });
    const kept = {
      id: randomUUID(),
      project_id: project,
      tags: [],
      created: now,
      updated: now,
      revision: 1,
    };
    const group: SecurityGroup = {
      ...kept,
      name,
      description,
      stateful: true,
      shared: false,
      security_group_rules: egressRules(kept, [randomUUID(), randomUUID()]),
    };
    await securityGroupsIn(environment.backend().records).add(group);
    return { security_group: novaSecurityGroupView(group, []) };
  },
});
