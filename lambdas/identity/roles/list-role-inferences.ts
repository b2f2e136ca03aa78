import { operation } from "../../http/operation.ts";
import { readDirectory } from "../repositories/directory.ts";
import { roleSummary } from "./role-inferences.ts";

export const listRoleInferences = operation({
  id: "identity/list-role-inferences",
  service: "identity",
  route: "GET /v3/role_inferences",
  access: { rule: "identity:list_role_inference_rules", role: "admin" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run({ origin }, environment) {
    const directory = await readDirectory(environment.backend().records);
    return {
      role_inferences: directory.roles
        .filter(({ implies }) => implies.length > 0)
        .map((prior) => ({
          prior_role: roleSummary(origin, prior),
          implies: prior.implies
            .flatMap((id) => directory.role(id) ?? [])
            .map((role) => roleSummary(origin, role)),
        })),
      links: { self: `${origin}/identity/v3/role_inferences` },
    };
  },
});
