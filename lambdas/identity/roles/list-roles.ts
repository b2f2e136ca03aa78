import { operation } from "../../http/operation.ts";
import { applyFilters, toKeystoneList } from "../list-engine.ts";
import { readDirectory } from "../repositories/directory.ts";
import { roleView } from "../views.ts";

export const listRoles = operation({
  id: "identity/list-roles",
  service: "identity",
  route: "GET /v3/roles",
  access: { rule: "identity:list_roles", role: "admin" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, environment) {
    const { roles } = await readDirectory(environment.backend().records);
    const domain = call.query.get("domain_id") || null;
    const shown = roles
      .filter((role) => role.domain === domain)
      .map((role) => roleView(call.origin, role));
    return toKeystoneList("roles", applyFilters(shown, call.query, ["name"]), call);
  },
});
