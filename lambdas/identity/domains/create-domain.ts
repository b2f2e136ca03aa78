import { randomUUID } from "node:crypto";
import { operation } from "../../http/operation.ts";
import { nameTaken } from "../faults.ts";
import type { DomainEntry } from "../model/directory.ts";
import { entriesIn, readDirectory } from "../repositories/directory.ts";
import { extraIn, optionsAfter } from "../request-attributes.ts";
import { enabled, nameOf, nullable, options, tags } from "../schemas.ts";
import { domainIn } from "../views.ts";
import { domainAttributes } from "./domain-attributes.ts";

const body = {
  type: "object",
  properties: {
    domain: {
      type: "object",
      properties: { name: nameOf(64), description: nullable, enabled, tags, options },
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
  async run({ body: { domain: said }, origin, now }, world) {
    const { records } = world.backend();
    const directory = await readDirectory(records);
    const domain: DomainEntry = {
      kind: "domain",
      id: randomUUID().replaceAll("-", ""),
      name: said.name.trim(),
      description: said.description ?? "",
      enabled: said.enabled ?? true,
      tags: said.tags ?? [],
      options: optionsAfter({}, said.options),
      extra: extraIn(said, domainAttributes),
    };
    if (directory.hasNameConflict(domain) || !(await entriesIn(records).add(domain, now)))
      throw nameTaken(domain);
    return { domain: domainIn(origin, domain) };
  },
});
