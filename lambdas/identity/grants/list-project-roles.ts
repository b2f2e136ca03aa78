import { operation } from "../../http/operation.ts";
import { listSources } from "../list-engine.ts";
import { roleIn } from "../views.ts";
import { grantedTo } from "./grants.ts";

export const listProjectRoles = operation({
  id: "identity/list-project-roles",
  service: "identity",
  route: "GET /v3/projects/{project_id}/users/{user_id}/roles",
  access: { rule: "identity:list_grants", role: "admin" },
  dynamoCalls: ["GetItem", "Query"],
  answer: "ok",
  async run(call, world) {
    const { path } = call;
    const on = { kind: "project", id: path.project_id } as const;
    const granted = await grantedTo(world, path.user_id, on);
    const shown = granted.map((role) => roleIn(call.origin, role));
    return listSources(
      "roles",
      shown,
      call,
      `projects/${path.project_id}/users/${path.user_id}/roles`,
    );
  },
});
