import { operation } from "../../http/operation.ts";
import { applyFilters, toKeystoneList } from "../list-engine.ts";
import { usersIn } from "../repositories/users.ts";
import { userView } from "../views.ts";

export const listUsers = operation({
  id: "identity/list-users",
  service: "identity",
  route: "GET /v3/users",
  access: { rule: "identity:list_users", role: "admin" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, environment) {
    const users = await usersIn(environment.backend().records).all();
    const shown = users.map((user) => userView(call.origin, user));
    return toKeystoneList(
      "users",
      applyFilters(shown, call.query, ["name", "domain_id", "enabled"]),
      call,
    );
  },
});
