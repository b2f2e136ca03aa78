import { operation } from "../../http/operation.ts";
import { forbidden } from "../faults.ts";
import { roleIds } from "../model/identity.ts";
import { entriesIn, getDirectoryEntry, readDirectory } from "../repositories/directory.ts";
import { inferenceView } from "./role-inferences.ts";

export const createImpliedRole = operation({
  id: "identity/create-implied-role",
  service: "identity",
  route: "PUT /v3/roles/{role_id}/implies/{implied_role_id}",
  access: { rule: "identity:create_implied_role", role: "admin" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "created",
  async run({ path: { role_id: id, implied_role_id: other }, origin, now }, environment) {
    const { records } = environment.backend();
    const directory = await readDirectory(records);
    const prior = getDirectoryEntry(directory, "role", id);
    const implied = getDirectoryEntry(directory, "role", other);
    // keystone/conf/assignment.py prohibited_implied_role
    if (other === roleIds.admin) throw forbidden(`${other} cannot be an implied roles.`);
    await entriesIn(records).change(
      id,
      (was) =>
        was.kind === "role" && !was.implies.includes(other)
          ? { ...was, implies: [...was.implies, other] }
          : was,
      now,
    );
    return inferenceView(origin, prior, implied);
  },
});
