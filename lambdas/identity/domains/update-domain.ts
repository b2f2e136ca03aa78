import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { assertMutable, nameTaken } from "../faults.ts";
import type { DirectoryEntry } from "../model/directory.ts";
import { revocationKeys } from "../model/identity.ts";
import { entriesIn, getDirectoryEntry, readDirectory } from "../repositories/directory.ts";
import { extraAttributes, mergeOptions } from "../request-attributes.ts";
import { enabledSchema, nameSchema, nullableText, optionsSchema, tagsSchema } from "../schemas.ts";
import { revokeOnEnabledChange } from "../tokens/revocation.ts";
import { domainView } from "../views.ts";
import { domainAttributes } from "./domain-attributes.ts";

const body = {
  type: "object",
  properties: {
    domain: {
      type: "object",
      properties: {
        name: nameSchema(64),
        description: nullableText,
        enabled: enabledSchema,
        tags: tagsSchema,
        options: optionsSchema,
      },
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
  async run({ path: { domain_id: id }, body: { domain: attributes }, origin, now }, environment) {
    const { records } = environment.backend();
    const directory = await readDirectory(records);
    const domain = getDirectoryEntry(directory, "domain", id);
    assertMutable(domain, "update", attributes.options);
    const updated = <E extends DirectoryEntry>(was: E): E => ({
      ...was,
      ...(attributes.name !== undefined && { name: attributes.name.trim() }),
      ...(attributes.description !== undefined && { description: attributes.description }),
      ...(attributes.enabled !== undefined && { enabled: attributes.enabled }),
      ...(attributes.tags !== undefined && { tags: attributes.tags }),
      options: mergeOptions(was.options, attributes.options),
      extra: extraAttributes(attributes, domainAttributes, was.extra),
    });
    if (directory.hasNameConflict(updated(domain))) throw nameTaken(updated(domain));
    const { enabled: is = domain.enabled } = attributes;
    await revokeOnEnabledChange(environment, revocationKeys.domain(id), {
      was: domain.enabled,
      is,
      now,
    });
    const changed = await entriesIn(records).change(id, updated, now);
    if (changed === "taken") throw nameTaken(updated(domain));
    if (changed?.kind !== "domain") throw notFound("domain", id);
    return { domain: domainView(origin, changed) };
  },
});
