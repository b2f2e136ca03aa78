import { operation } from "../../http/operation.ts";
import { listSources } from "../list-engine.ts";
import { roleIn } from "../views.ts";
import { grantedTo } from "./grants.ts";

export const listSystemRoles = operation({
  id: "identity/list-system-roles",
  service: "identity",
  route: "GET /v3/system/users/{user_id}/roles",
  access: { rule: "identity:list_system_grants_for_user", role: "admin" },
  dynamoCalls: ["GetItem", "Query"],
  answer: "ok",
  async run(call, world) {
    const { path } = call;
    const on = { kind: "system", id: "all" } as const;
    const granted = await grantedTo(world, path.user_id, on);
    const shown = granted.map((role) => roleIn(call.origin, role));
    return listSources("roles", shown, call, `system/users/${path.user_id}/roles`);
  },
});
