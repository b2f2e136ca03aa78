import { directoryIn, present } from "../../domain/directory.ts";
import { operation } from "../../http/operation.ts";
import { projectIn } from "../documents.ts";
import { ownOrAdmin } from "../objections.ts";

export const showProject = operation({
  id: "identity/projects/show-project",
  service: "identity",
  route: "GET /v3/projects/{project_id}",
  access: "authenticated",
  calls: ["Query"],
  answer: "document",
  async run({ path: { project_id: id }, caller, origin }, world) {
    ownOrAdmin(caller, caller.project?.id === id, "identity:get_project");
    const directory = await directoryIn(world.backend().records);
    return { project: projectIn(origin, present(directory, "project", id)) };
  },
});
