import { operation } from "../../http/operation.ts";
import { listView } from "../list-engine.ts";
import { securityGroupsIn } from "../repositories/security-groups.ts";
import { projectScope } from "../resource.ts";
import { securityGroupResource } from "./security-group-resource.ts";

export const listSecurityGroups = operation({
  id: "network/list-security-groups",
  service: "network",
  route: "GET /v2.0/security-groups",
  access: { rule: "get_security_group", role: "reader" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, environment) {
    const all = await securityGroupsIn(environment.backend().records).all(projectScope(call));
    return listView(securityGroupResource, all, call);
  },
});
