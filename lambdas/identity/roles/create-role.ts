import { randomUUID } from "node:crypto";
import { operation } from "../../http/operation.ts";
import { nameTaken } from "../faults.ts";
import type { RoleEntry } from "../model/directory.ts";
import { entriesIn, getDirectoryEntry, readDirectory } from "../repositories/directory.ts";
import { extraIn, optionsAfter } from "../request-attributes.ts";
import { idString, nameOf, nullable, options } from "../schemas.ts";
import { roleIn } from "../views.ts";
import { roleAttributes } from "./role-attributes.ts";

const body = {
  type: "object",
  properties: {
    role: {
      type: "object",
      properties: { name: nameOf(255), description: nullable, domain_id: idString, options },
      required: ["name"],
    },
  },
  required: ["role"],
} as const;

export const createRole = operation({
  id: "identity/create-role",
  service: "identity",
  route: "POST /v3/roles",
  access: { rule: "identity:create_role", role: "admin" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "created",
  body,
  async run({ body: { role: said }, origin, now }, world) {
    const { records } = world.backend();
    const directory = await readDirectory(records);
    const domain = said.domain_id ?? null;
    if (domain !== null) getDirectoryEntry(directory, "domain", domain);
    const role: RoleEntry = {
      kind: "role",
      id: randomUUID().replaceAll("-", ""),
      name: said.name,
      domain,
      description: said.description ?? null,
      implies: [],
      options: optionsAfter({}, said.options),
      extra: extraIn(said, roleAttributes),
    };
    if (directory.hasNameConflict(role) || !(await entriesIn(records).add(role, now)))
      throw nameTaken(role);
    return { role: roleIn(origin, role) };
  },
});
