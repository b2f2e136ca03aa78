import { operation } from "../../http/operation.ts";
import { toKeystoneList } from "../list-engine.ts";
import { roleView } from "../views.ts";
import { findAssignedRoles } from "./grants.ts";

export const listProjectRoles = operation({
  id: "identity/list-project-roles",
  service: "identity",
  route: "GET /v3/projects/{project_id}/users/{user_id}/roles",
  access: { rule: "identity:list_grants", role: "admin" },
  dynamoCalls: ["GetItem", "Query"],
  answer: "ok",
  async run(call, environment) {
    const { path } = call;
    const on = { kind: "project", id: path.project_id } as const;
    const granted = await findAssignedRoles(environment, path.user_id, on);
    const shown = granted.map((role) => roleView(call.origin, role));
    return toKeystoneList(
      "roles",
      shown,
      call,
      `projects/${path.project_id}/users/${path.user_id}/roles`,
    );
  },
});
