import { operation } from "../../http/operation.ts";
import { getDirectoryEntry, readDirectory } from "../repositories/directory.ts";
import { roleIn } from "../views.ts";

export const showRole = operation({
  id: "identity/show-role",
  service: "identity",
  route: "GET /v3/roles/{role_id}",
  access: { rule: "identity:get_role", role: "admin" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run({ path: { role_id: id }, origin }, world) {
    const directory = await readDirectory(world.backend().records);
    return { role: roleIn(origin, getDirectoryEntry(directory, "role", id)) };
  },
});
