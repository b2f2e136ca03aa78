import { randomUUID } from "node:crypto";
import { operation } from "../../http/operation.ts";
import { hashPassword } from "../authentication/passwords.ts";
import { duplicate } from "../faults.ts";
import { defaultDomain as home } from "../model/identity.ts";
import { getDirectoryEntry, readDirectory } from "../repositories/directory.ts";
import { newUser, usersIn } from "../repositories/users.ts";
import { extraIn, optionsAfter } from "../request-attributes.ts";
import { enabled, idString, nameOf, nullable } from "../schemas.ts";
import { userIn } from "../views.ts";
import { userAttributes } from "./user-attributes.ts";

const body = {
  type: "object",
  properties: {
    user: {
      type: "object",
      properties: {
        name: nameOf(255),
        description: nullable,
        domain_id: idString,
        default_project_id: idString,
        enabled,
        password: nullable,
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
  async run({ body: { user: said }, caller, origin, now }, world) {
    const { records } = world.backend();
    const callers = (caller.domain ?? caller.project?.domain ?? home).id;
    const domain = said.domain_id ?? callers;
    getDirectoryEntry(await readDirectory(records), "domain", domain);
    const { password = null } = said;
    const user = newUser({
      id: randomUUID().replaceAll("-", ""),
      name: said.name.trim(),
      domain,
      enabled: said.enabled ?? true,
      defaultProject: said.default_project_id ?? null,
      ...(said.description !== undefined && { description: said.description }),
      password: password === null ? null : await hashPassword(password),
      options: optionsAfter({}, said.options),
      extra: extraIn(said, userAttributes),
    });
    if (!(await usersIn(records).add(user, now))) throw duplicate("user", user.name, domain);
    return { user: userIn(origin, user) };
  },
});
