import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { assertMutable, invalidAttribute, nameTaken } from "../faults.ts";
import type { DirectoryEntry } from "../model/directory.ts";
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
    },
  },
  required: ["role"],
} as const;

export const updateRole = operation({
  id: "identity/update-role",
  service: "identity",
  route: "PATCH /v3/roles/{role_id}",
  access: { rule: "identity:update_role", role: "admin" },
  dynamoCalls: ["GetItem", "Query", "PutItem", "DeleteItem"],
  answer: "ok",
  body,
  async run({ path: { role_id: id }, body: { role: attributes }, origin, now }, environment) {
    const { records } = environment.backend();
    const directory = await readDirectory(records);
    const role = getDirectoryEntry(directory, "role", id);
    assertMutable(role, "update", attributes.options);
    if (attributes.domain_id !== undefined && attributes.domain_id !== role.domain)
      throw invalidAttribute("Update of `domain_id` is not allowed.");
    const updated = <E extends DirectoryEntry>(was: E): E => ({
      ...was,
      ...(attributes.name !== undefined && { name: attributes.name }),
      ...(attributes.description !== undefined && { description: attributes.description }),
      options: mergeOptions(was.options, attributes.options),
      extra: extraAttributes(attributes, roleAttributes, was.extra),
    });
    if (directory.hasNameConflict(updated(role))) throw nameTaken(updated(role));
    const changed = await entriesIn(records).change(id, updated, now);
    if (changed === "taken") throw nameTaken(updated(role));
    if (changed?.kind !== "role") throw notFound("role", id);
    return { role: roleView(origin, changed) };
  },
});
