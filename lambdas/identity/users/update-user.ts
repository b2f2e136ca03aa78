import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { hashPassword } from "../authentication/passwords.ts";
import { duplicate, invalid } from "../faults.ts";
import { revocationKeys, type User } from "../model/identity.ts";
import { usersIn } from "../repositories/users.ts";
import { extraIn, optionsAfter } from "../request-attributes.ts";
import { enabled, idString, nameOf, nullable } from "../schemas.ts";
import { renewing, switching } from "../tokens/revocation.ts";
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
    },
  },
  required: ["user"],
} as const;

/** A new password, or disabling the user, revokes the user's tokens. */
export const updateUser = operation({
  id: "identity/update-user",
  service: "identity",
  route: "PATCH /v3/users/{user_id}",
  access: { rule: "identity:update_user", role: "admin" },
  dynamoCalls: ["GetItem", "PutItem", "DeleteItem"],
  answer: "ok",
  body,
  async run({ path: { user_id: id }, body: { user: said }, origin, now }, world) {
    const users = usersIn(world.backend().records);
    const user = await users.findById(id);
    if (!user) throw notFound("user", id);
    if (said.domain_id !== undefined && said.domain_id !== user.domain)
      throw invalid("Cannot change Domain ID");
    const secret = said.password == null ? said.password : await hashPassword(said.password);
    const updated = (was: User): User => ({
      ...was,
      ...(said.name !== undefined && { name: said.name.trim() }),
      ...(said.description !== undefined && { description: said.description }),
      ...(said.enabled !== undefined && { enabled: said.enabled }),
      ...(said.default_project_id !== undefined && { defaultProject: said.default_project_id }),
      ...(secret !== undefined && { password: secret }),
      options: optionsAfter(was.options ?? {}, said.options),
      extra: extraIn(said, userAttributes, was.extra),
    });
    const { enabled: is = user.enabled } = said;
    const changed = await users.change(id, updated, now);
    if (changed === "taken") throw duplicate("user", updated(user).name, user.domain);
    if (!changed) throw notFound("user", id);
    await switching(world, revocationKeys.user(id), { was: user.enabled, is, now });
    if (secret !== undefined && is) await renewing(world, revocationKeys.user(id), now);
    return { user: userIn(origin, changed) };
  },
});
