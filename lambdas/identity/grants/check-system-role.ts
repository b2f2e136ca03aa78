import { operation } from "../../http/operation.ts";
import { assertGiven } from "./grants.ts";

export const checkSystemRole = operation({
  id: "identity/check-system-role",
  service: "identity",
  route: "HEAD /v3/system/users/{user_id}/roles/{role_id}",
  access: { rule: "identity:check_system_grant_for_user", role: "admin" },
  dynamoCalls: ["GetItem", "Query"],
  answer: "deleted",
  async run({ path }, world) {
    const on = { kind: "system", id: "all" } as const;
    await assertGiven(world, { user: path.user_id, role: path.role_id, on });
    return undefined;
  },
});
