import { operation } from "../../http/operation.ts";
import { getDirectoryEntry, readDirectory } from "../repositories/directory.ts";
import { roleView } from "../views.ts";

export const showRole = operation({
  id: "identity/show-role",
  service: "identity",
  route: "GET /v3/roles/{role_id}",
  access: { rule: "identity:get_role", role: "admin" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run({ path: { role_id: id }, origin }, environment) {
    const directory = await readDirectory(environment.backend().records);
    return { role: roleView(origin, getDirectoryEntry(directory, "role", id)) };
  },
});
