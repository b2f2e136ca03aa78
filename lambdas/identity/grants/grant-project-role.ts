import { operation } from "../../http/operation.ts";
import { assignRole } from "./grants.ts";

export const grantProjectRole = operation({
  id: "identity/grant-project-role",
  service: "identity",
  route: "PUT /v3/projects/{project_id}/users/{user_id}/roles/{role_id}",
  access: { rule: "identity:create_grant", role: "admin" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "deleted",
  async run({ path, now }, environment) {
    const on = { kind: "project", id: path.project_id } as const;
    await assignRole(environment, { user: path.user_id, role: path.role_id, on }, now);
    return undefined;
  },
});
