import { operation } from "../../http/operation.ts";
import { readDirectory } from "../repositories/directory.ts";
import { getInferredRoles } from "./role-inferences.ts";

export const checkImpliedRole = operation({
  id: "identity/check-implied-role",
  service: "identity",
  route: "HEAD /v3/roles/{role_id}/implies/{implied_role_id}",
  access: { rule: "identity:check_implied_role", role: "admin" },
  dynamoCalls: ["Query"],
  answer: "deleted",
  async run({ path }, environment) {
    const directory = await readDirectory(environment.backend().records);
    getInferredRoles(directory, path.role_id, path.implied_role_id);
    return undefined;
  },
});
