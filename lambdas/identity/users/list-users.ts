import { operation } from "../../http/operation.ts";
import { fitting, listSources } from "../list-engine.ts";
import { usersIn } from "../repositories/users.ts";
import { userIn } from "../views.ts";

export const listUsers = operation({
  id: "identity/list-users",
  service: "identity",
  route: "GET /v3/users",
  access: { rule: "identity:list_users", role: "admin" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, world) {
    const users = await usersIn(world.backend().records).all();
    const shown = users.map((user) => userIn(call.origin, user));
    return listSources("users", fitting(shown, call.query, ["name", "domain_id", "enabled"]), call);
  },
});
