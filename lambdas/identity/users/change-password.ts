import { Fault, notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { authenticateUser } from "../authentication/authenticate.ts";
import { hashPassword } from "../authentication/passwords.ts";
import { revocationKeys, type User } from "../model/identity.ts";
import { readDirectory } from "../repositories/directory.ts";
import { usersIn } from "../repositories/users.ts";
import { revokeIssued } from "../tokens/revocation.ts";

const body = {
  type: "object",
  properties: {
    user: {
      type: "object",
      properties: { original_password: { type: "string" }, password: { type: "string" } },
      required: ["original_password", "password"],
    },
  },
  required: ["user"],
} as const;

/** The previous password authenticates. */
export const changePassword = operation({
  id: "identity/change-password",
  service: "identity",
  route: "POST /v3/users/{user_id}/password",
  access: "public",
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "deleted",
  body,
  async run({ path: { user_id: id }, body: { user: attributes }, now }, environment) {
    const { records } = environment.backend();
    const directory = await readDirectory(records);
    const { password: before } = await authenticateUser({ id }, attributes.original_password, {
      records,
      directory,
    });
    const password = await hashPassword(attributes.password);
    const updated = (was: User): User => {
      // after a concurrent change the previous password is wrong
      if (was.password !== before) throw new Fault({ kind: "unauthenticated" });
      return { ...was, password };
    };
    const changed = await usersIn(records).change(id, updated, now);
    if (!changed || changed === "taken") throw notFound("user", id);
    await revokeIssued(environment, revocationKeys.user(id), now);
    return undefined;
  },
});
