import { operation } from "../../http/operation.ts";
import { assertAssigned } from "./grants.ts";

export const checkSystemRole = operation({
  id: "identity/check-system-role",
  service: "identity",
  route: "HEAD /v3/system/users/{user_id}/roles/{role_id}",
  access: { rule: "identity:check_system_grant_for_user", role: "admin" },
  dynamoCalls: ["GetItem", "Query"],
  answer: "deleted",
  async run({ path }, environment) {
    const on = { kind: "system", id: "all" } as const;
    await assertAssigned(environment, { user: path.user_id, role: path.role_id, on });
    return undefined;
  },
});
