import { operation } from "../../http/operation.ts";
import { getQuotas } from "../repositories/quotas.ts";
import { quotaUserSchema } from "./query-schema.ts";
import { pickFields, quotaNamesAt } from "./quota-fields.ts";
import { assertTargetProject } from "./target-project.ts";

const rule = "os_compute_api:os-quota-sets:show";

export const showQuotas = operation({
  id: "compute/show-quotas",
  service: "compute",
  route: "GET /os-quota-sets/{project}",
  access: { rule, role: "reader" },
  dynamoCalls: ["GetItem"],
  answer: "ok",
  query: quotaUserSchema,
  async run({ path: { project }, caller, query, microversion, now }, environment) {
    assertTargetProject(caller, project, rule);
    const { records } = environment.backend();
    const quotas = await getQuotas(records, project, now, query.get("user_id"));
    return {
      quota_set: { id: project, ...pickFields(quotaNamesAt(microversion), (name) => quotas[name]) },
    };
  },
});
