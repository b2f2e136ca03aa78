import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { ownOrAdmin } from "../faults.ts";
import { usersIn } from "../repositories/users.ts";
import { userIn } from "../views.ts";

export const showUser = operation({
  id: "identity/show-user",
  service: "identity",
  route: "GET /v3/users/{user_id}",
  access: "authenticated",
  dynamoCalls: ["GetItem"],
  answer: "ok",
  async run({ path: { user_id: id }, caller, origin }, world) {
    ownOrAdmin(caller, caller.user.id === id, "identity:get_user");
    const user = await usersIn(world.backend().records).findById(id);
    if (!user) throw notFound("user", id);
    return { user: userIn(origin, user) };
  },
});
