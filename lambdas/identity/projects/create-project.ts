import { randomUUID } from "node:crypto";
import { operation } from "../../http/operation.ts";
import { invalidAttribute, nameTaken } from "../faults.ts";
import { newProject } from "../model/directory.ts";
import { defaultDomain as home } from "../model/identity.ts";
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
      required: ["name"],
    },
  },
  required: ["project"],
} as const;

export const createProject = operation({
  id: "identity/create-project",
  service: "identity",
  route: "POST /v3/projects",
  access: { rule: "identity:create_project", role: "admin" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "created",
  body,
  async run({ body: { project: attributes }, caller, origin, now }, environment) {
    const { records } = environment.backend();
    const directory = await readDirectory(records);
    const callers = (caller.domain ?? caller.project?.domain ?? home).id;
    const above = attributes.parent_id ? directory.project(attributes.parent_id) : undefined;
    const domain = attributes.domain_id ?? above?.domain ?? callers;
    if (attributes.is_domain) throw invalidAttribute("Domains are created as such.");
    getDirectoryEntry(directory, "domain", domain);
    const parent = attributes.parent_id ?? domain;
    if (parent !== domain && getDirectoryEntry(directory, "project", parent).domain !== domain)
      throw invalidAttribute(
        `Cannot create project, since it specifies its domain_id ${domain}, but specifies a parent in a different domain (${above?.domain}).`,
      );
    if (above && !above.enabled)
      throw invalidAttribute(
        `cannot create a project in a branch containing a disabled project: ${above.id}`,
      );
    const project = newProject({
      id: randomUUID().replaceAll("-", ""),
      name: attributes.name.trim(),
      domain,
      parent,
      description: attributes.description ?? "",
      enabled: attributes.enabled ?? true,
      tags: attributes.tags ?? [],
      options: mergeOptions({}, attributes.options),
      extra: extraAttributes(attributes, projectAttributes),
    });
    if (directory.hasNameConflict(project) || !(await entriesIn(records).add(project, now)))
      throw nameTaken(project);
    return { project: projectView(origin, project) };
  },
});
