import { operation } from "../../http/operation.ts";
import { toKeystoneList } from "../list-engine.ts";
import { roleView } from "../views.ts";
import { findAssignedRoles } from "./grants.ts";

export const listSystemRoles = operation({
  id: "identity/list-system-roles",
  service: "identity",
  route: "GET /v3/system/users/{user_id}/roles",
  access: { rule: "identity:list_system_grants_for_user", role: "admin" },
  dynamoCalls: ["GetItem", "Query"],
  answer: "ok",
  async run(call, environment) {
    const { path } = call;
    const on = { kind: "system", id: "all" } as const;
    const granted = await findAssignedRoles(environment, path.user_id, on);
    const shown = granted.map((role) => roleView(call.origin, role));
    return toKeystoneList("roles", shown, call, `system/users/${path.user_id}/roles`);
  },
});
