import { operation } from "../../http/operation.ts";
import { getQuotas } from "../repositories/quotas.ts";
import { quotaUserSchema } from "./query-schema.ts";
import { pickFields, quotaNamesAt } from "./quota-fields.ts";
import { assertTargetProject } from "./target-project.ts";
import { getProjectUsage, getUserUsage } from "./usage-of.ts";

const rule = "os_compute_api:os-quota-sets:detail";

export const showQuotaDetails = operation({
  id: "compute/show-quota-details",
  service: "compute",
  route: "GET /os-quota-sets/{project}/detail",
  access: { rule, role: "reader" },
  dynamoCalls: ["GetItem", "Query"],
  answer: "ok",
  query: quotaUserSchema,
  async run({ path: { project }, caller, query, microversion, now }, environment) {
    assertTargetProject(caller, project, rule);
    const backend = environment.backend();
    const user = query.get("user_id");
    const [quotas, usage] = await Promise.all([
      getQuotas(backend.records, project, now, user),
      user ? getUserUsage(backend, project, user, now) : getProjectUsage(backend, project),
    ]);
    const details = pickFields(quotaNamesAt(microversion), (name) => ({
      in_use: usage[name] ?? 0,
      limit: quotas[name],
      reserved: 0,
    }));
    return { quota_set: { id: project, ...details } };
  },
});
