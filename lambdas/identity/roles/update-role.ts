import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { assertMutable, invalid, nameTaken } from "../faults.ts";
import type { DirectoryEntry } from "../model/directory.ts";
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
  async run({ path: { role_id: id }, body: { role: said }, origin, now }, world) {
    const { records } = world.backend();
    const directory = await readDirectory(records);
    const role = getDirectoryEntry(directory, "role", id);
    assertMutable(role, "update", said.options);
    if (said.domain_id !== undefined && said.domain_id !== role.domain)
      throw invalid("Update of `domain_id` is not allowed.");
    const updated = <E extends DirectoryEntry>(was: E): E => ({
      ...was,
      ...(said.name !== undefined && { name: said.name }),
      ...(said.description !== undefined && { description: said.description }),
      options: optionsAfter(was.options, said.options),
      extra: extraIn(said, roleAttributes, was.extra),
    });
    if (directory.hasNameConflict(updated(role))) throw nameTaken(updated(role));
    const changed = await entriesIn(records).change(id, updated, now);
    if (changed === "taken") throw nameTaken(updated(role));
    if (changed?.kind !== "role") throw notFound("role", id);
    return { role: roleIn(origin, changed) };
  },
});
