import { randomUUID } from "node:crypto";
import { operation } from "../../http/operation.ts";
import { nameTaken } from "../faults.ts";
import type { DomainEntry } from "../model/directory.ts";
import { entriesIn, readDirectory } from "../repositories/directory.ts";
import { extraAttributes, mergeOptions } from "../request-attributes.ts";
import { enabledSchema, nameSchema, nullableText, optionsSchema, tagsSchema } from "../schemas.ts";
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
      required: ["name"],
    },
  },
  required: ["domain"],
} as const;

export const createDomain = operation({
  id: "identity/create-domain",
  service: "identity",
  route: "POST /v3/domains",
  access: { rule: "identity:create_domain", role: "admin" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "created",
  body,
  async run({ body: { domain: attributes }, origin, now }, environment) {
    const { records } = environment.backend();
    const directory = await readDirectory(records);
    const domain: DomainEntry = {
      kind: "domain",
      id: randomUUID().replaceAll("-", ""),
      name: attributes.name.trim(),
      description: attributes.description ?? "",
      enabled: attributes.enabled ?? true,
      tags: attributes.tags ?? [],
      options: mergeOptions({}, attributes.options),
      extra: extraAttributes(attributes, domainAttributes),
    };
    if (directory.hasNameConflict(domain) || !(await entriesIn(records).add(domain, now)))
      throw nameTaken(domain);
    return { domain: domainView(origin, domain) };
  },
});
