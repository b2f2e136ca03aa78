import { Fault, notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { itemView } from "../list-engine.ts";
import { defaultSecurityGroup } from "../model/defaults.ts";
import type { SecurityGroup } from "../model/security-group.ts";
import { getSecurityGroup, securityGroupsIn } from "../repositories/security-groups.ts";
import { anyObject, applyUpdate, parseUpdate, projectScope } from "../resource.ts";
import { securityGroupResource } from "./security-group-resource.ts";

export const updateSecurityGroup = operation({
  id: "network/update-security-group",
  service: "network",
  route: "PUT /v2.0/security-groups/{security_group_id}",
  access: { rule: "update_security_group", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "ok",
  body: anyObject,
  async run(call, environment) {
    const { records } = environment.backend();
    const attributes = parseUpdate(securityGroupResource, call);
    const group = await getSecurityGroup(records, projectScope(call), call.path.security_group_id);
    if (group.name === defaultSecurityGroup && attributes.name !== undefined)
      throw new Fault({
        kind: "conflict",
        reason: "Updating default security group not allowed.",
        type: "SecurityGroupCannotUpdateDefault",
      });
    const updated = await securityGroupsIn(records).change(group, (was) =>
      applyUpdate<SecurityGroup>(was, attributes, call.now),
    );
    if (!updated) throw notFound("security_group", group.id);
    return itemView(securityGroupResource, updated);
  },
});
