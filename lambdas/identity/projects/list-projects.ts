import { operation } from "../../http/operation.ts";
import { applyFilters, isFlagSet, toKeystoneList } from "../list-engine.ts";
import { readDirectory } from "../repositories/directory.ts";
import { projectView } from "../views.ts";

export const listProjects = operation({
  id: "identity/list-projects",
  service: "identity",
  route: "GET /v3/projects",
  access: { rule: "identity:list_projects", role: "admin" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, environment) {
    const { projects } = await readDirectory(environment.backend().records);
    const shown = projects.map((project) => projectView(call.origin, project));
    // `is_domain` lists domains, which are projects too
    const shownProjects = isFlagSet(call.query.get("is_domain")) ? [] : shown;
    return toKeystoneList(
      "projects",
      applyFilters(shownProjects, call.query, ["name", "domain_id", "enabled", "parent_id"]),
      call,
    );
  },
});
