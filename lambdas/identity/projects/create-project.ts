import { randomUUID } from "node:crypto";
import { operation } from "../../http/operation.ts";
import { invalid, nameTaken } from "../faults.ts";
import { newProject } from "../model/directory.ts";
import { defaultDomain as home } from "../model/identity.ts";
import { entriesIn, getDirectoryEntry, readDirectory } from "../repositories/directory.ts";
import { extraIn, optionsAfter } from "../request-attributes.ts";
import { enabled, idString, nameOf, nullable, options, tags } from "../schemas.ts";
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
  async run({ body: { project: said }, caller, origin, now }, world) {
    const { records } = world.backend();
    const directory = await readDirectory(records);
    const callers = (caller.domain ?? caller.project?.domain ?? home).id;
    const above = said.parent_id ? directory.project(said.parent_id) : undefined;
    const domain = said.domain_id ?? above?.domain ?? callers;
    if (said.is_domain) throw invalid("Domains are created as such.");
    getDirectoryEntry(directory, "domain", domain);
    const parent = said.parent_id ?? domain;
    if (parent !== domain && getDirectoryEntry(directory, "project", parent).domain !== domain)
      throw invalid(
        `Cannot create project, since it specifies its domain_id ${domain}, but specifies a parent in a different domain (${above?.domain}).`,
      );
    if (above && !above.enabled)
      throw invalid(
        `cannot create a project in a branch containing a disabled project: ${above.id}`,
      );
    const project = newProject({
      id: randomUUID().replaceAll("-", ""),
      name: said.name.trim(),
      domain,
      parent,
      description: said.description ?? "",
      enabled: said.enabled ?? true,
      tags: said.tags ?? [],
      options: optionsAfter({}, said.options),
      extra: extraIn(said, projectAttributes),
    });
    if (directory.hasNameConflict(project) || !(await entriesIn(records).add(project, now)))
      throw nameTaken(project);
    return { project: projectIn(origin, project) };
  },
});
