import { conflict } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { defaultSecurityGroup } from "../../network/model/defaults.ts";
import { securityGroupsIn } from "../../network/repositories/security-groups.ts";
import { getGroupOfPath, novaSecurityGroupView, securityGroupBody } from "./group.ts";

export const updateSecurityGroup = operation({
  id: "compute/update-security-group",
  service: "compute",
  route: "PUT /os-security-groups/{group_id}",
  access: { rule: "os_compute_api:os-security-groups:update", role: "member" },
  versions: { until: 35 },
  dynamoCalls: ["Query", "GetItem", "PutItem"],
  answer: "ok",
  body: securityGroupBody,
  async run(call, environment) {
    const { records } = environment.backend();
    const { name, description } = call.body.security_group;
    const { group, all } = await getGroupOfPath(records, call);
    if (group.name === defaultSecurityGroup && name !== defaultSecurityGroup)
      throw conflict("Updating default security group not allowed.");
    const now = await securityGroupsIn(records).change(group, (was) => ({
      ...was,
      name,
      description,
      updated: call.now,
      revision: was.revision + 1,
    }));
    return { security_group: novaSecurityGroupView(now ?? group, all) };
  },
});
