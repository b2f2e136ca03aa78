import { operation } from "../../http/operation.ts";
import { assertOwnOrAdmin } from "../faults.ts";
import { toKeystoneList } from "../list-engine.ts";

/** Application credentials with access rules are refused. */
export const listAccessRules = operation({
  id: "identity/list-access-rules",
  service: "identity",
  route: "GET /v3/users/{user_id}/access_rules",
  access: "authenticated",
  dynamoCalls: [],
  answer: "ok",
  async run(call) {
    const { user_id: user } = call.path;
    assertOwnOrAdmin(call.caller, call.caller.user.id === user, "identity:list_access_rules");
    return toKeystoneList("access_rules", [], call, `users/${user}/access_rules`);
  },
});
