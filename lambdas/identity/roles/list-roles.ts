import { operation } from "../../http/operation.ts";
import { fitting, listSources } from "../list-engine.ts";
import { readDirectory } from "../repositories/directory.ts";
import { roleIn } from "../views.ts";

/** Global roles, or those of the requested domain. */
export const listRoles = operation({
  id: "identity/list-roles",
  service: "identity",
  route: "GET /v3/roles",
  access: { rule: "identity:list_roles", role: "admin" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, world) {
    const { roles } = await readDirectory(world.backend().records);
    const domain = call.query.get("domain_id") || null;
    const shown = roles
      .filter((role) => role.domain === domain)
      .map((role) => roleIn(call.origin, role));
    return listSources("roles", fitting(shown, call.query, ["name"]), call);
  },
});
