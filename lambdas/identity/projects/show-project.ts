import { operation } from "../../http/operation.ts";
import { assertOwnOrAdmin } from "../faults.ts";
import type { Directory, ProjectEntry } from "../model/directory.ts";
import { getDirectoryEntry, readDirectory } from "../repositories/directory.ts";
import { projectView } from "../views.ts";

export const showProject = operation({
  id: "identity/show-project",
  service: "identity",
  route: "GET /v3/projects/{project_id}",
  access: "authenticated",
  dynamoCalls: ["Query"],
  answer: "ok",
  async run({ path: { project_id: id }, caller, origin, query }, environment) {
    assertOwnOrAdmin(caller, caller.project?.id === id, "identity:get_project");
    const directory = await readDirectory(environment.backend().records);
    const project = getDirectoryEntry(directory, "project", id);
    return {
      project: {
        ...projectView(origin, project),
        ...(query.has("parents_as_ids") && { parents: above(project, directory) }),
        ...(query.has("subtree_as_ids") && { subtree: below(id, directory) }),
      },
    };
  },
});

/** Nested ids up to the domain; null at the end. */
type Ids = { readonly [id: string]: Ids } | null;

function above({ parent }: ProjectEntry, directory: Directory): Ids {
  const project = directory.project(parent);
  return { [parent]: project ? above(project, directory) : null };
}

function below(id: string, directory: Directory): Ids {
  const children = directory.projects.filter(({ parent }) => parent === id);
  if (children.length === 0) return null;
  return Object.fromEntries(children.map((one) => [one.id, below(one.id, directory)]));
}
