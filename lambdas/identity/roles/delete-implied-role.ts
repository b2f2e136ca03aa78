import { operation } from "../../http/operation.ts";
import { revocationKeys } from "../model/identity.ts";
import { entriesIn, readDirectory } from "../repositories/directory.ts";
import { revokeIssued } from "../tokens/revocation.ts";
import { getInferredRoles } from "./role-inferences.ts";

export const deleteImpliedRole = operation({
  id: "identity/delete-implied-role",
  service: "identity",
  route: "DELETE /v3/roles/{role_id}/implies/{implied_role_id}",
  access: { rule: "identity:delete_implied_role", role: "admin" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "deleted",
  async run({ path: { role_id: id, implied_role_id: other }, now }, environment) {
    const { records } = environment.backend();
    getInferredRoles(await readDirectory(records), id, other);
    await entriesIn(records).change(
      id,
      (was) =>
        was.kind === "role" ? { ...was, implies: was.implies.filter((one) => one !== other) } : was,
      now,
    );
    // a token lists the roles that its own roles implied when it was issued
    await revokeIssued(environment, revocationKeys.role(id), now);
    return undefined;
  },
});
