import { operation } from "../../http/operation.ts";
import { readDirectory } from "../repositories/directory.ts";
import { inferencesView } from "./role-inferences.ts";

export const listRoleInferences = operation({
  id: "identity/list-role-inferences",
  service: "identity",
  route: "GET /v3/role_inferences",
  access: { rule: "identity:list_role_inference_rules", role: "admin" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run({ origin }, environment) {
    return inferencesView(origin, await readDirectory(environment.backend().records));
  },
});
