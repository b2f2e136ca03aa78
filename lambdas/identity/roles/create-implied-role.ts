import { operation } from "../../http/operation.ts";
import { mayNot } from "../faults.ts";
import { roleIds } from "../model/identity.ts";
import { entriesIn, getDirectoryEntry, readDirectory } from "../repositories/directory.ts";
import { inference } from "./role-inferences.ts";

export const createImpliedRole = operation({
  id: "identity/create-implied-role",
  service: "identity",
  route: "PUT /v3/roles/{role_id}/implies/{implied_role_id}",
  access: { rule: "identity:create_implied_role", role: "admin" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "created",
  async run({ path: { role_id: id, implied_role_id: other }, origin, now }, world) {
    const { records } = world.backend();
    const directory = await readDirectory(records);
    const prior = getDirectoryEntry(directory, "role", id);
    const implied = getDirectoryEntry(directory, "role", other);
    // keystone/conf/assignment.py prohibited_implied_role
    if (other === roleIds.admin) throw mayNot(`${other} cannot be an implied roles.`);
    await entriesIn(records).change(
      id,
      (was) =>
        was.kind === "role" && !was.implies.includes(other)
          ? { ...was, implies: [...was.implies, other] }
          : was,
      now,
    );
    return inference(origin, prior, implied);
  },
});
