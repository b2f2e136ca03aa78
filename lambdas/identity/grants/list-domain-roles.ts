import { operation } from "../../http/operation.ts";
import { toKeystoneList } from "../list-engine.ts";
import { roleView } from "../views.ts";
import { findAssignedRoles } from "./grants.ts";

export const listDomainRoles = operation({
  id: "identity/list-domain-roles",
  service: "identity",
  route: "GET /v3/domains/{domain_id}/users/{user_id}/roles",
  access: { rule: "identity:list_grants", role: "admin" },
  dynamoCalls: ["GetItem", "Query"],
  answer: "ok",
  async run(call, environment) {
    const { path } = call;
    const on = { kind: "domain", id: path.domain_id } as const;
    const granted = await findAssignedRoles(environment, path.user_id, on);
    const shown = granted.map((role) => roleView(call.origin, role));
    return toKeystoneList(
      "roles",
      shown,
      call,
      `domains/${path.domain_id}/users/${path.user_id}/roles`,
    );
  },
});
