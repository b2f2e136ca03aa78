import { operation } from "../../http/operation.ts";
import { getDirectoryEntry, readDirectory } from "../repositories/directory.ts";
import { briefly } from "./role-inferences.ts";

export const listImpliedRoles = operation({
  id: "identity/list-implied-roles",
  service: "identity",
  route: "GET /v3/roles/{role_id}/implies",
  access: { rule: "identity:list_implied_roles", role: "admin" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run({ path: { role_id: id }, origin }, world) {
    const directory = await readDirectory(world.backend().records);
    const prior = getDirectoryEntry(directory, "role", id);
    const implied = prior.implies.flatMap((one) => directory.role(one) ?? []);
    return {
      role_inference: {
        prior_role: briefly(origin, prior),
        implies: implied.map((role) => briefly(origin, role)),
      },
      links: { self: `${origin}/identity/v3/roles/${id}/implies` },
    };
  },
});
