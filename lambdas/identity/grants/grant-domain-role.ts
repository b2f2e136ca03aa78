import { operation } from "../../http/operation.ts";
import { assignRole } from "./grants.ts";

export const grantDomainRole = operation({
  id: "identity/grant-domain-role",
  service: "identity",
  route: "PUT /v3/domains/{domain_id}/users/{user_id}/roles/{role_id}",
  access: { rule: "identity:create_grant", role: "admin" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "deleted",
  async run({ path, now }, environment) {
    const on = { kind: "domain", id: path.domain_id } as const;
    await assignRole(environment, { user: path.user_id, role: path.role_id, on }, now);
    return undefined;
  },
});
