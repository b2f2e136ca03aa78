import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { assertMutable, invalid, mayNot, nameTaken } from "../faults.ts";
import type { DirectoryEntry } from "../model/directory.ts";
import { revocationKeys } from "../model/identity.ts";
import { entriesIn, getDirectoryEntry, readDirectory } from "../repositories/directory.ts";
import { extraIn, optionsAfter } from "../request-attributes.ts";
import { enabled, idString, nameOf, nullable, options, tags } from "../schemas.ts";
import { switching } from "../tokens/revocation.ts";
import { projectIn } from "../views.ts";
import { projectAttributes } from "./project-attributes.ts";

const body = {
  type: "object",
  properties: {
    project: {
      type: "object",
      properties: {
        name: nameOf(64),
        description: nullable,
        domain_id: idString,
        parent_id: idString,
        enabled,
        is_domain: enabled,
        tags,
        options,
      },
    },
  },
  required: ["project"],
} as const;

export const updateProject = operation({
  id: "identity/update-project",
  service: "identity",
  route: "PATCH /v3/projects/{project_id}",
  access: { rule: "identity:update_project", role: "admin" },
  dynamoCalls: ["GetItem", "Query", "PutItem", "DeleteItem"],
  answer: "ok",
  body,
  async run({ path: { project_id: id }, body: { project: said }, origin, now }, world) {
    const { records } = world.backend();
    const directory = await readDirectory(records);
    const project = getDirectoryEntry(directory, "project", id);
    assertMutable(project, "update", said.options);
    if (said.domain_id !== undefined && said.domain_id !== project.domain)
      throw invalid("Cannot change Domain ID");
    if (said.parent_id !== undefined && said.parent_id !== project.parent)
      throw mayNot("Update of `parent_id` is not allowed.");
    if (said.is_domain) throw invalid("Update of `is_domain` is not allowed.");

    const updated = <E extends DirectoryEntry>(was: E): E => ({
      ...was,
      ...(said.name !== undefined && { name: said.name.trim() }),
      ...(said.description !== undefined && { description: said.description }),
      ...(said.enabled !== undefined && { enabled: said.enabled }),
      ...(said.tags !== undefined && { tags: said.tags }),
      options: optionsAfter(was.options, said.options),
      extra: extraIn(said, projectAttributes, was.extra),
    });
    if (directory.hasNameConflict(updated(project))) throw nameTaken(updated(project));
    const { enabled: is = project.enabled } = said;
    await switching(world, revocationKeys.project(id), { was: project.enabled, is, now });
    const changed = await entriesIn(records).change(id, updated, now);
    if (changed === "taken") throw nameTaken(updated(project));
    if (changed?.kind !== "project") throw notFound("project", id);
    return { project: projectIn(origin, changed) };
  },
});
