import { operation } from "../../http/operation.ts";
import { quotasOf } from "../repositories/quotas.ts";
import { userSchema } from "./query-schema.ts";
import { namesAt, picked } from "./quota-fields.ts";
import { reach } from "./target-project.ts";

const rule = "os_compute_api:os-quota-sets:show";

export const showQuotas = operation({
  id: "compute/show-quotas",
  service: "compute",
  route: "GET /os-quota-sets/{project}",
  access: { rule, role: "reader" },
  dynamoCalls: ["GetItem"],
  answer: "document",
  query: userSchema,
  async run({ path: { project }, caller, query, microversion, now }, world) {
    reach(caller, project, rule);
    const { records } = world.backend();
    const quotas = await quotasOf(records, project, now, query.get("user_id"));
    return { quota_set: { id: project, ...picked(namesAt(microversion), (name) => quotas[name]) } };
  },
});
