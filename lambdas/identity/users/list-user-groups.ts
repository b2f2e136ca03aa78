import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { assertOwnOrAdmin } from "../faults.ts";
import { toKeystoneList } from "../list-engine.ts";
import { usersIn } from "../repositories/users.ts";

/** Always empty. */
export const listUserGroups = operation({
  id: "identity/list-user-groups",
  service: "identity",
  route: "GET /v3/users/{user_id}/groups",
  access: "authenticated",
  dynamoCalls: ["GetItem"],
  answer: "ok",
  async run(call, environment) {
    const { user_id: id } = call.path;
    assertOwnOrAdmin(call.caller, call.caller.user.id === id, "identity:list_groups_for_user");
    if (!(await usersIn(environment.backend().records).findById(id))) throw notFound("user", id);
    return toKeystoneList("groups", [], call, `users/${id}/groups`);
  },
});
