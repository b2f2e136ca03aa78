import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { ownOrAdmin } from "../faults.ts";
import { listSources } from "../list-engine.ts";
import { usersIn } from "../repositories/users.ts";

/** Always empty: there are no groups. */
export const listUserGroups = operation({
  id: "identity/list-user-groups",
  service: "identity",
  route: "GET /v3/users/{user_id}/groups",
  access: "authenticated",
  dynamoCalls: ["GetItem"],
  answer: "ok",
  async run(call, world) {
    const { user_id: id } = call.path;
    ownOrAdmin(call.caller, call.caller.user.id === id, "identity:list_groups_for_user");
    if (!(await usersIn(world.backend().records).findById(id))) throw notFound("user", id);
    return listSources("groups", [], call, `users/${id}/groups`);
  },
});
