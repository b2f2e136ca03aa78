import { operation } from "../../http/operation.ts";
import { fitting, isTrue, listSources } from "../list-engine.ts";
import { readDirectory } from "../repositories/directory.ts";
import { projectIn } from "../views.ts";

export const listProjects = operation({
  id: "identity/list-projects",
  service: "identity",
  route: "GET /v3/projects",
  access: { rule: "identity:list_projects", role: "admin" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, world) {
    const { projects } = await readDirectory(world.backend().records);
    const shown = projects.map((project) => projectIn(call.origin, project));
    // `is_domain` lists domains, which are projects too
    const asked = isTrue(call.query.get("is_domain")) ? [] : shown;
    return listSources(
      "projects",
      fitting(asked, call.query, ["name", "domain_id", "enabled", "parent_id"]),
      call,
    );
  },
});
