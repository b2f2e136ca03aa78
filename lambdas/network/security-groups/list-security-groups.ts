import { operation } from "../../http/operation.ts";
import { listed } from "../list-engine.ts";
import { securityGroupsIn } from "../repositories/security-groups.ts";
import { reachOf } from "../resource.ts";
import { securityGroupKind } from "./security-group.ts";

export const listSecurityGroups = operation({
  id: "network/list-security-groups",
  service: "network",
  route: "GET /v2.0/security-groups",
  access: { rule: "get_security_group", role: "reader" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, world) {
    const all = await securityGroupsIn(world.backend().records).all(reachOf(call));
    return listed(securityGroupKind, all, call);
  },
});
