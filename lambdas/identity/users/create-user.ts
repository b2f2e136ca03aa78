import { randomUUID } from "node:crypto";
import { operation } from "../../http/operation.ts";
import { hashPassword } from "../authentication/passwords.ts";
import { duplicateName } from "../faults.ts";
import { defaultDomain as home } from "../model/identity.ts";
import { getDirectoryEntry, readDirectory } from "../repositories/directory.ts";
import { newUser, usersIn } from "../repositories/users.ts";
import { extraAttributes, mergeOptions } from "../request-attributes.ts";
import { enabledSchema, idSchema, nameSchema, nullableText } from "../schemas.ts";
import { userView } from "../views.ts";
import { userAttributes } from "./user-attributes.ts";

const body = {
  type: "object",
  properties: {
    user: {
      type: "object",
      properties: {
        name: nameSchema(255),
        description: nullableText,
        domain_id: idSchema,
        default_project_id: idSchema,
        enabled: enabledSchema,
        password: nullableText,
        options: { type: "object" },
      },
      required: ["name"],
    },
  },
  required: ["user"],
} as const;

export const createUser = operation({
  id: "identity/create-user",
  service: "identity",
  route: "POST /v3/users",
  access: { rule: "identity:create_user", role: "admin" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "created",
  body,
  async run({ body: { user: attributes }, caller, origin, now }, environment) {
    const { records } = environment.backend();
    const callers = (caller.domain ?? caller.project?.domain ?? home).id;
    const domain = attributes.domain_id ?? callers;
    getDirectoryEntry(await readDirectory(records), "domain", domain);
    const { password = null } = attributes;
    const user = newUser({
      id: randomUUID().replaceAll("-", ""),
      name: attributes.name.trim(),
      domain,
      enabled: attributes.enabled ?? true,
      defaultProject: attributes.default_project_id ?? null,
      ...(attributes.description !== undefined && { description: attributes.description }),
      password: password === null ? null : await hashPassword(password),
      options: mergeOptions({}, attributes.options),
      extra: extraAttributes(attributes, userAttributes),
    });
    if (!(await usersIn(records).add(user, now))) throw duplicateName("user", user.name, domain);
    return { user: userView(origin, user) };
  },
});
