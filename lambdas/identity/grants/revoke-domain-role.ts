import { operation } from "../../http/operation.ts";
import { unassignRole } from "./grants.ts";

export const revokeDomainRole = operation({
  id: "identity/revoke-domain-role",
  service: "identity",
  route: "DELETE /v3/domains/{domain_id}/users/{user_id}/roles/{role_id}",
  access: { rule: "identity:revoke_grant", role: "admin" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "deleted",
  async run({ path, now }, environment) {
    const on = { kind: "domain", id: path.domain_id } as const;
    await unassignRole(environment, { user: path.user_id, role: path.role_id, on }, now);
    return undefined;
  },
});
