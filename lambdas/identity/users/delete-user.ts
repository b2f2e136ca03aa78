import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { revocationKeys } from "../model/identity.ts";
import { applicationCredentialsIn } from "../repositories/application-credentials.ts";
import { usersIn } from "../repositories/users.ts";
import { revokeIncludingInFlight } from "../tokens/revocation.ts";

export const deleteUser = operation({
  id: "identity/delete-user",
  service: "identity",
  route: "DELETE /v3/users/{user_id}",
  access: { rule: "identity:delete_user", role: "admin" },
  dynamoCalls: ["GetItem", "Query", "PutItem", "DeleteItem"],
  answer: "deleted",
  async run({ path: { user_id: id }, now }, environment) {
    const { records } = environment.backend();
    const users = usersIn(records);
    if (!(await users.findById(id))) throw notFound("user", id);
    await revokeIncludingInFlight(environment, revocationKeys.user(id), now);
    if (!(await users.remove(id, now))) throw notFound("user", id);
    const credentials = applicationCredentialsIn(records);
    for (const one of await credentials.listByUser(id)) await credentials.remove(one);
    return undefined;
  },
});
