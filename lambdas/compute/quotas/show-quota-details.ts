import { operation } from "../../http/operation.ts";
import { quotasOf } from "../repositories/quotas.ts";
import { userSchema } from "./query-schema.ts";
import { namesAt, picked } from "./quota-fields.ts";
import { reach } from "./target-project.ts";
import { usesOf, usesOfUser } from "./usage-of.ts";

const rule = "os_compute_api:os-quota-sets:detail";

export const showQuotaDetails = operation({
  id: "compute/show-quota-details",
  service: "compute",
  route: "GET /os-quota-sets/{project}/detail",
  access: { rule, role: "reader" },
  dynamoCalls: ["GetItem", "Query"],
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
