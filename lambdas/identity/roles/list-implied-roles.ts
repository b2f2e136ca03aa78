import { operation } from "../../http/operation.ts";
import { getDirectoryEntry, readDirectory } from "../repositories/directory.ts";
import { impliedRolesView } from "./role-inferences.ts";

export const listImpliedRoles = operation({
  id: "identity/list-implied-roles",
  service: "identity",
  route: "GET /v3/roles/{role_id}/implies",
  access: { rule: "identity:list_implied_roles", role: "admin" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run({ path: { role_id: id }, origin }, environment) {
    const directory = await readDirectory(environment.backend().records);
    return impliedRolesView(origin, getDirectoryEntry(directory, "role", id), directory);
  },
});
