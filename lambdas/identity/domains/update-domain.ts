import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { assertMutable, nameTaken } from "../faults.ts";
import type { DirectoryEntry } from "../model/directory.ts";
import { revocationKeys } from "../model/identity.ts";
import { entriesIn, getDirectoryEntry, readDirectory } from "../repositories/directory.ts";
import { extraIn, optionsAfter } from "../request-attributes.ts";
import { enabled, nameOf, nullable, options, tags } from "../schemas.ts";
import { switching } from "../tokens/revocation.ts";
import { domainIn } from "../views.ts";
import { domainAttributes } from "./domain-attributes.ts";

const body = {
  type: "object",
  properties: {
    domain: {
      type: "object",
      properties: { name: nameOf(64), description: nullable, enabled, tags, options },
    },
  },
  required: ["domain"],
} as const;

export const updateDomain = operation({
  id: "identity/update-domain",
  service: "identity",
  route: "PATCH /v3/domains/{domain_id}",
  access: { rule: "identity:update_domain", role: "admin" },
  dynamoCalls: ["GetItem", "Query", "PutItem", "DeleteItem"],
  answer: "ok",
  body,
  async run({ path: { domain_id: id }, body: { domain: said }, origin, now }, world) {
    const { records } = world.backend();
    const directory = await readDirectory(records);
    const domain = getDirectoryEntry(directory, "domain", id);
    assertMutable(domain, "update", said.options);
    const updated = <E extends DirectoryEntry>(was: E): E => ({
      ...was,
      ...(said.name !== undefined && { name: said.name.trim() }),
      ...(said.description !== undefined && { description: said.description }),
      ...(said.enabled !== undefined && { enabled: said.enabled }),
      ...(said.tags !== undefined && { tags: said.tags }),
      options: optionsAfter(was.options, said.options),
      extra: extraIn(said, domainAttributes, was.extra),
    });
    if (directory.hasNameConflict(updated(domain))) throw nameTaken(updated(domain));
    const { enabled: is = domain.enabled } = said;
    await switching(world, revocationKeys.domain(id), { was: domain.enabled, is, now });
    const changed = await entriesIn(records).change(id, updated, now);
    if (changed === "taken") throw nameTaken(updated(domain));
    if (changed?.kind !== "domain") throw notFound("domain", id);
    return { domain: domainIn(origin, changed) };
  },
});
