import { operation } from "../../http/operation.ts";
import { shown } from "../list-engine.ts";
import { getSecurityGroup } from "../repositories/security-groups.ts";
import { reachOf } from "../resource.ts";
import { securityGroupKind } from "./security-group.ts";

export const showSecurityGroup = operation({
  id: "network/show-security-group",
  service: "network",
  route: "GET /v2.0/security-groups/{security_group_id}",
  access: { rule: "get_security_group", role: "reader" },
  dynamoCalls: ["GetItem", "Query"],
  answer: "ok",
  async run(call, world) {
    const { records } = world.backend();
    return shown(
      securityGroupKind,
      await getSecurityGroup(records, reachOf(call), call.path.security_group_id),
      call.query,
    );
  },
});
