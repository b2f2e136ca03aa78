import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { assertMutable, forbidden, invalidAttribute, nameTaken } from "../faults.ts";
import type { DirectoryEntry } from "../model/directory.ts";
import { revocationKeys } from "../model/identity.ts";
import { entriesIn, getDirectoryEntry, readDirectory } from "../repositories/directory.ts";
import { extraAttributes, mergeOptions } from "../request-attributes.ts";
import {
  enabledSchema,
  idSchema,
  nameSchema,
  nullableText,
  optionsSchema,
  tagsSchema,
} from "../schemas.ts";
import { revokeOnEnabledChange } from "../tokens/revocation.ts";
import { projectView } from "../views.ts";
import { projectAttributes } from "./project-attributes.ts";

const body = {
  type: "object",
  properties: {
    project: {
      type: "object",
      properties: {
        name: nameSchema(64),
        description: nullableText,
        domain_id: idSchema,
        parent_id: idSchema,
        enabled: enabledSchema,
        is_domain: enabledSchema,
        tags: tagsSchema,
        options: optionsSchema,
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
  async run({ path: { project_id: id }, body: { project: attributes }, origin, now }, environment) {
    const { records } = environment.backend();
    const directory = await readDirectory(records);
    const project = getDirectoryEntry(directory, "project", id);
    assertMutable(project, "update", attributes.options);
    if (attributes.domain_id !== undefined && attributes.domain_id !== project.domain)
      throw invalidAttribute("Cannot change Domain ID");
    if (attributes.parent_id !== undefined && attributes.parent_id !== project.parent)
      throw forbidden("Update of `parent_id` is not allowed.");
    if (attributes.is_domain) throw invalidAttribute("Update of `is_domain` is not allowed.");

    const updated = <E extends DirectoryEntry>(was: E): E => ({
      ...was,
      ...(attributes.name !== undefined && { name: attributes.name.trim() }),
      ...(attributes.description !== undefined && { description: attributes.description }),
      ...(attributes.enabled !== undefined && { enabled: attributes.enabled }),
      ...(attributes.tags !== undefined && { tags: attributes.tags }),
      options: mergeOptions(was.options, attributes.options),
      extra: extraAttributes(attributes, projectAttributes, was.extra),
    });
    if (directory.hasNameConflict(updated(project))) throw nameTaken(updated(project));
    const { enabled: is = project.enabled } = attributes;
    await revokeOnEnabledChange(environment, revocationKeys.project(id), {
      was: project.enabled,
      is,
      now,
    });
    const changed = await entriesIn(records).change(id, updated, now);
    if (changed === "taken") throw nameTaken(updated(project));
    if (changed?.kind !== "project") throw notFound("project", id);
    return { project: projectView(origin, changed) };
  },
});
