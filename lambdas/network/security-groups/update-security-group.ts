import { Fault, notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { shown } from "../list-engine.ts";
import { defaultSecurityGroup } from "../model/defaults.ts";
import type { SecurityGroup } from "../model/security-group.ts";
import { getSecurityGroup, securityGroupsIn } from "../repositories/security-groups.ts";
import { anything, changed, reachOf, saidToUpdate } from "../resource.ts";
import { securityGroupKind } from "./security-group.ts";

export const updateSecurityGroup = operation({
  id: "network/update-security-group",
  service: "network",
  route: "PUT /v2.0/security-groups/{security_group_id}",
  access: { rule: "update_security_group", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "ok",
  body: anything,
  async run(call, world) {
    const { records } = world.backend();
    const said = saidToUpdate(securityGroupKind, call);
    const group = await getSecurityGroup(records, reachOf(call), call.path.security_group_id);
    if (group.name === defaultSecurityGroup && said.name !== undefined)
      throw new Fault({
        kind: "conflict",
        reason: "Updating default security group not allowed.",
        type: "SecurityGroupCannotUpdateDefault",
      });
    const now = await securityGroupsIn(records).change(group, (was) =>
      changed<SecurityGroup>(was, said, call.now),
    );
    if (!now) throw notFound("security_group", group.id);
    return shown(securityGroupKind, now);
  },
});
