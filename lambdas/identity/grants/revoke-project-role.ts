import { operation } from "../../http/operation.ts";
import { unassignRole } from "./grants.ts";

export const revokeProjectRole = operation({
  id: "identity/revoke-project-role",
  service: "identity",
  route: "DELETE /v3/projects/{project_id}/users/{user_id}/roles/{role_id}",
  access: { rule: "identity:revoke_grant", role: "admin" },
  dynamoCalls: ["GetItem", "Query", "PutItem", "DeleteItem"],
  answer: "deleted",
  async run({ path, now }, environment) {
    const on = { kind: "project", id: path.project_id } as const;
    await unassignRole(environment, { user: path.user_id, role: path.role_id, on }, now);
    return undefined;
  },
});
