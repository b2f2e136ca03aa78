import { Fault } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { hasRole } from "../../identity/model/identity.ts";
import { defaultSecurityGroup } from "../model/defaults.ts";
import { portsIn } from "../repositories/ports.ts";
import { getSecurityGroup, securityGroupsIn } from "../repositories/security-groups.ts";
import { projectScope } from "../resource.ts";

export const deleteSecurityGroup = operation({
  id: "network/delete-security-group",
  service: "network",
  route: "DELETE /v2.0/security-groups/{security_group_id}",
  access: { rule: "delete_security_group", role: "member" },
  dynamoCalls: ["GetItem", "Query", "DeleteItem"],
  answer: "deleted",
  async run(call, environment) {
    const { records } = environment.backend();
    const group = await getSecurityGroup(records, projectScope(call), call.path.security_group_id);
    // the next read recreates the default group that an administrator deletes
    // (neutron/db/securitygroups_db.py delete_security_group)
    if (group.name === defaultSecurityGroup && !hasRole(call.caller, "admin"))
      throw new Fault({
        kind: "conflict",
        reason: "Insufficient rights for removing default security group.",
        type: "SecurityGroupCannotRemoveDefault",
      });
    const ports = await portsIn(records).all({ project: group.project_id, allProjects: false });
    if (ports.some(({ security_groups }) => security_groups.includes(group.id)))
      throw new Fault({
        kind: "conflict",
        reason: `Security Group ${group.id} in use.`,
        type: "SecurityGroupInUse",
      });
    await securityGroupsIn(records).remove(group);
    return undefined;
  },
});
