import { operation } from "../../http/operation.ts";
import { projectQuotas } from "../repositories/quotas.ts";
import { quotaUserSchema } from "./query-schema.ts";

export const deleteQuotas = operation({
  id: "compute/delete-quotas",
  service: "compute",
  route: "DELETE /os-quota-sets/{project}",
  access: { rule: "os_compute_api:os-quota-sets:delete", role: "admin" },
  dynamoCalls: ["DeleteItem", "GetItem", "PutItem"],
  answer: "accepted",
  query: quotaUserSchema,
  async run({ path: { project }, query }, environment) {
    const { records } = environment.backend();
    const user = query.get("user_id");
    if (!user) await records.remove(projectQuotas, project);
    else
      await records.change(projectQuotas, project, ({ limits, users }) => {
        const { [user]: _, ...others } = users;
        return { limits, users: others };
      });
    return undefined;
  },
});
