import { operation } from "../../http/operation.ts";
import { assertAssigned } from "./grants.ts";

export const checkProjectRole = operation({
  id: "identity/check-project-role",
  service: "identity",
  route: "HEAD /v3/projects/{project_id}/users/{user_id}/roles/{role_id}",
  access: { rule: "identity:check_grant", role: "admin" },
  dynamoCalls: ["GetItem", "Query"],
  answer: "deleted",
  async run({ path }, environment) {
    const on = { kind: "project", id: path.project_id } as const;
    await assertAssigned(environment, { user: path.user_id, role: path.role_id, on });
    return undefined;
  },
});
