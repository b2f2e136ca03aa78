import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { assertOwnOrAdmin } from "../faults.ts";
import { usersIn } from "../repositories/users.ts";
import { userView } from "../views.ts";

export const showUser = operation({
  id: "identity/show-user",
  service: "identity",
  route: "GET /v3/users/{user_id}",
  access: "authenticated",
  dynamoCalls: ["GetItem"],
  answer: "ok",
  async run({ path: { user_id: id }, caller, origin }, environment) {
    assertOwnOrAdmin(caller, caller.user.id === id, "identity:get_user");
    const user = await usersIn(environment.backend().records).findById(id);
    if (!user) throw notFound("user", id);
    return { user: userView(origin, user) };
  },
});
