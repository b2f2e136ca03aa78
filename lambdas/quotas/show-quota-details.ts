import { quotasOf } from "../domain/quotas.ts";
import { operation } from "../http/operation.ts";
import { namesAt, picked } from "./names.ts";
import { userSchema } from "./query.ts";
import { reach } from "./reach.ts";
import { usesOf, usesOfUser } from "./uses.ts";

const rule = "os_compute_api:os-quota-sets:detail";

export const showQuotaDetails = operation({
  id: "quotas/show-quota-details",
  service: "compute",
  route: "GET /os-quota-sets/{project}/detail",
  access: { rule, role: "reader" },
  calls: ["GetItem", "Query"],
  answer: "document",
  query: userSchema,
  async run({ path: { project }, caller, query, microversion, now }, world) {
    reach(caller, project, rule);
    const backend = world.backend();
    const user = query.get("user_id");
    const [quotas, uses] = await Promise.all([
      quotasOf(backend.records, project, now, user),
      user ? usesOfUser(backend, project, user, now) : usesOf(backend, project),
    ]);
    const details = picked(namesAt(microversion), (name) => ({
      in_use: uses[name] ?? 0,
      limit: quotas[name],
      reserved: 0,
    }));
    return { quota_set: { id: project, ...details } };
  },
});
