import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { hashPassword } from "../authentication/passwords.ts";
import { duplicateName, invalidAttribute } from "../faults.ts";
import { revocationKeys, type User } from "../model/identity.ts";
import { usersIn } from "../repositories/users.ts";
import { extraAttributes, mergeOptions } from "../request-attributes.ts";
import { enabledSchema, idSchema, nameSchema, nullableText } from "../schemas.ts";
import { revokeIssued, revokeOnEnabledChange } from "../tokens/revocation.ts";
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
  async run({ path: { user_id: id }, body: { user: attributes }, origin, now }, environment) {
    const users = usersIn(environment.backend().records);
    const user = await users.findById(id);
    if (!user) throw notFound("user", id);
    if (attributes.domain_id !== undefined && attributes.domain_id !== user.domain)
      throw invalidAttribute("Cannot change Domain ID");
    const secret =
      attributes.password == null ? attributes.password : await hashPassword(attributes.password);
    const updated = (was: User): User => ({
      ...was,
      ...(attributes.name !== undefined && { name: attributes.name.trim() }),
      ...(attributes.description !== undefined && { description: attributes.description }),
      ...(attributes.enabled !== undefined && { enabled: attributes.enabled }),
      ...(attributes.default_project_id !== undefined && {
        defaultProject: attributes.default_project_id,
      }),
      ...(secret !== undefined && { password: secret }),
      options: mergeOptions(was.options ?? {}, attributes.options),
      extra: extraAttributes(attributes, userAttributes, was.extra),
    });
    const { enabled: is = user.enabled } = attributes;
    const changed = await users.change(id, updated, now);
    if (changed === "taken") throw duplicateName("user", updated(user).name, user.domain);
    if (!changed) throw notFound("user", id);
    await revokeOnEnabledChange(environment, revocationKeys.user(id), {
      was: user.enabled,
      is,
      now,
    });
    if (secret !== undefined && is) await revokeIssued(environment, revocationKeys.user(id), now);
    return { user: userView(origin, changed) };
  },
});
