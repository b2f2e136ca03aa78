import { badRequest } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { hasRole } from "../../identity/model/identity.ts";
import { defaultSecurityGroup } from "../../network/model/defaults.ts";
import { portsIn } from "../../network/repositories/ports.ts";
import { securityGroupsIn } from "../../network/repositories/security-groups.ts";
import { getGroupOfPath } from "./group.ts";

export const deleteSecurityGroup = operation({
  id: "compute/delete-security-group",
  service: "compute",
  route: "DELETE /os-security-groups/{group_id}",
  access: { rule: "os_compute_api:os-security-groups:delete", role: "member" },
  versions: { until: 35 },
  dynamoCalls: ["Query", "DeleteItem"],
  answer: "accepted",
  async run(call, environment) {
    const { records } = environment.backend();
    const { group } = await getGroupOfPath(records, call);
    // Nova reports Neutron's conflicts as 400 (nova/network/security_group_api.py:393)
    if (group.name === defaultSecurityGroup && !hasRole(call.caller, "admin"))
      throw badRequest("Insufficient rights for removing default security group.");
    const ports = await portsIn(records).all({ project: group.project_id, allProjects: false });
    if (ports.some(({ security_groups }) => security_groups.includes(group.id)))
      throw badRequest(`Security Group ${group.id} in use.`);
    await securityGroupsIn(records).remove(group);
    return undefined;
  },
});
