import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { assertOwnOrAdmin } from "../faults.ts";
import { applyFilters, toKeystoneList } from "../list-engine.ts";
import { accessibleTargets } from "../model/effective-roles.ts";
import { readDirectory } from "../repositories/directory.ts";
import { usersIn } from "../repositories/users.ts";
import { projectView } from "../views.ts";

export const listUserProjects = operation({
  id: "identity/list-user-projects",
  service: "identity",
  route: "GET /v3/users/{user_id}/projects",
  access: "authenticated",
  dynamoCalls: ["GetItem", "Query"],
  answer: "ok",
  async run(call, environment) {
    const { user_id: id } = call.path;
    assertOwnOrAdmin(call.caller, call.caller.user.id === id, "identity:list_user_projects");
    const { records } = environment.backend();
    const user = await usersIn(records).findById(id);
    if (!user) throw notFound("user", id);
    const directory = await readDirectory(records);
    const projects = accessibleTargets(user, "project", directory)
      .flatMap((one) => directory.project(one) ?? [])
      .map((project) => projectView(call.origin, project));
    const shown = applyFilters(projects, call.query, ["name", "domain_id", "enabled"]);
    return toKeystoneList("projects", shown, call, `users/${id}/projects`);
  },
});
