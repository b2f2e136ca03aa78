import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { assertMutable, forbidden } from "../faults.ts";
import { revocationKeys } from "../model/identity.ts";
import { entriesIn, getDirectoryEntry, readDirectory } from "../repositories/directory.ts";
import { revokeIncludingInFlight } from "../tokens/revocation.ts";

/** Its id is never reused, so remaining assignments have no effect. */
export const deleteProject = operation({
  id: "identity/delete-project",
  service: "identity",
  route: "DELETE /v3/projects/{project_id}",
  access: { rule: "identity:delete_project", role: "admin" },
  dynamoCalls: ["GetItem", "Query", "PutItem", "DeleteItem"],
  answer: "deleted",
  async run({ path: { project_id: id }, now }, environment) {
    const { records } = environment.backend();
    const directory = await readDirectory(records);
    assertMutable(getDirectoryEntry(directory, "project", id), "delete");
    if (directory.projects.some(({ parent }) => parent === id))
      throw forbidden(
        `Cannot delete the project ${id} since it is not a leaf in the hierarchy. Use the cascade option if you want to delete a whole subtree.`,
      );
    await revokeIncludingInFlight(environment, revocationKeys.project(id), now);
    if (!(await entriesIn(records).remove(id, now))) throw notFound("project", id);
    return undefined;
  },
});
