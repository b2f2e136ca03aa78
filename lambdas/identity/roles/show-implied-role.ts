import { operation } from "../../http/operation.ts";
import { readDirectory } from "../repositories/directory.ts";
import { inference, inferred } from "./role-inferences.ts";

export const showImpliedRole = operation({
  id: "identity/show-implied-role",
  service: "identity",
  route: "GET /v3/roles/{role_id}/implies/{implied_role_id}",
  access: { rule: "identity:get_implied_role", role: "admin" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run({ path, origin }, world) {
    const directory = await readDirectory(world.backend().records);
    const { prior, implied } = inferred(directory, path.role_id, path.implied_role_id);
    return inference(origin, prior, implied);
  },
});
