import { quotasOf } from "../domain/quotas.ts";
import { operation } from "../http/operation.ts";
import { namesAt, picked } from "./names.ts";
import { userSchema } from "./query.ts";
import { reach } from "./reach.ts";

const rule = "os_compute_api:os-quota-sets:show";

export const showQuotas = operation({
  id: "quotas/show-quotas",
  service: "compute",
  route: "GET /os-quota-sets/{project}",
  access: { rule, role: "reader" },
  calls: ["GetItem"],
  answer: "document",
  query: userSchema,
  async run({ path: { project }, caller, query, microversion, now }, world) {
    reach(caller, project, rule);
    const { records } = world.backend();
    const quotas = await quotasOf(records, project, now, query.get("user_id"));
    return { quota_set: { id: project, ...picked(namesAt(microversion), (name) => quotas[name]) } };
  },
});
