import { operation } from "../../http/operation.ts";
import { readDirectory } from "../repositories/directory.ts";
import { inferred } from "./role-inferences.ts";

export const checkImpliedRole = operation({
  id: "identity/check-implied-role",
  service: "identity",
  route: "HEAD /v3/roles/{role_id}/implies/{implied_role_id}",
  access: { rule: "identity:check_implied_role", role: "admin" },
  dynamoCalls: ["Query"],
  answer: "deleted",
  async run({ path }, world) {
    const directory = await readDirectory(world.backend().records);
    inferred(directory, path.role_id, path.implied_role_id);
    return undefined;
  },
});
