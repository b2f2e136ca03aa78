import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { assertMutable } from "../faults.ts";
import { revocationKeys } from "../model/identity.ts";
import { entriesIn, getDirectoryEntry, readDirectory } from "../repositories/directory.ts";
import { revokeIncludingInFlight } from "../tokens/revocation.ts";

/** Assignments of the role have no effect afterwards. */
export const deleteRole = operation({
  id: "identity/delete-role",
  service: "identity",
  route: "DELETE /v3/roles/{role_id}",
  access: { rule: "identity:delete_role", role: "admin" },
  dynamoCalls: ["GetItem", "Query", "PutItem", "DeleteItem"],
  answer: "deleted",
  async run({ path: { role_id: id }, now }, environment) {
    const { records } = environment.backend();
    assertMutable(getDirectoryEntry(await readDirectory(records), "role", id), "delete");
    await revokeIncludingInFlight(environment, revocationKeys.role(id), now);
    if (!(await entriesIn(records).remove(id, now))) throw notFound("role", id);
    return undefined;
  },
});
