import { randomUUID } from "node:crypto";
import { operation } from "../../http/operation.ts";
import { nameTaken } from "../faults.ts";
import type { RoleEntry } from "../model/directory.ts";
import { entriesIn, getDirectoryEntry, readDirectory } from "../repositories/directory.ts";
import { extraAttributes, mergeOptions } from "../request-attributes.ts";
import { idSchema, nameSchema, nullableText, optionsSchema } from "../schemas.ts";
import { roleView } from "../views.ts";
import { roleAttributes } from "./role-attributes.ts";

const body = {
  type: "object",
  properties: {
    role: {
      type: "object",
      properties: {
        name: nameSchema(255),
        description: nullableText,
        domain_id: idSchema,
        options: optionsSchema,
      },
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
  async run({ body: { role: attributes }, origin, now }, environment) {
    const { records } = environment.backend();
    const directory = await readDirectory(records);
    const domain = attributes.domain_id ?? null;
    if (domain !== null) getDirectoryEntry(directory, "domain", domain);
    const role: RoleEntry = {
      kind: "role",
      id: randomUUID().replaceAll("-", ""),
      name: attributes.name,
      domain,
      description: attributes.description ?? null,
      implies: [],
      options: mergeOptions({}, attributes.options),
      extra: extraAttributes(attributes, roleAttributes),
    };
    if (directory.hasNameConflict(role) || !(await entriesIn(records).add(role, now)))
      throw nameTaken(role);
    return { role: roleView(origin, role) };
  },
});
