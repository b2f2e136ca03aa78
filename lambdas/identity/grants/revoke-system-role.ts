import { operation } from "../../http/operation.ts";
import { unassignRole } from "./grants.ts";

export const revokeSystemRole = operation({
  id: "identity/revoke-system-role",
  service: "identity",
  route: "DELETE /v3/system/users/{user_id}/roles/{role_id}",
  access: { rule: "identity:revoke_system_grant_for_user", role: "admin" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "deleted",
  async run({ path, now }, environment) {
    const on = { kind: "system", id: "all" } as const;
    await unassignRole(environment, { user: path.user_id, role: path.role_id, on }, now);
    return undefined;
  },
});
