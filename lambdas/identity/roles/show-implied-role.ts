import { operation } from "../../http/operation.ts";
import { readDirectory } from "../repositories/directory.ts";
import { getInferredRoles, inferenceView } from "./role-inferences.ts";

export const showImpliedRole = operation({
  id: "identity/show-implied-role",
  service: "identity",
  route: "GET /v3/roles/{role_id}/implies/{implied_role_id}",
  access: { rule: "identity:get_implied_role", role: "admin" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run({ path, origin }, environment) {
    const directory = await readDirectory(environment.backend().records);
    const { prior, implied } = getInferredRoles(directory, path.role_id, path.implied_role_id);
    return inferenceView(origin, prior, implied);
  },
});
