import { operation } from "../../http/operation.ts";
import { assignRole } from "./grants.ts";

export const grantSystemRole = operation({
  id: "identity/grant-system-role",
  service: "identity",
  route: "PUT /v3/system/users/{user_id}/roles/{role_id}",
  access: { rule: "identity:create_system_grant_for_user", role: "admin" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "deleted",
  async run({ path, now }, environment) {
    const on = { kind: "system", id: "all" } as const;
    await assignRole(environment, { user: path.user_id, role: path.role_id, on }, now);
    return undefined;
  },
});
