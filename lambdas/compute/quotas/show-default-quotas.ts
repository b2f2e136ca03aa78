import { operation } from "../../http/operation.ts";
import { getDefaultQuotas } from "../repositories/quotas.ts";
import { pickFields, quotaNamesAt } from "./quota-fields.ts";

export const showDefaultQuotas = operation({
  id: "compute/show-default-quotas",
  service: "compute",
  route: "GET /os-quota-sets/{project}/defaults",
  access: "authenticated",
  dynamoCalls: ["GetItem"],
  answer: "ok",
  async run({ path: { project }, microversion, now }, environment) {
    const quotas = await getDefaultQuotas(environment.backend().records, now);
    return {
      quota_set: { id: project, ...pickFields(quotaNamesAt(microversion), (name) => quotas[name]) },
    };
  },
});
