import { operation } from "../../http/operation.ts";
import { defaultQuotaValues } from "../model/quota-names.ts";
import { quotaClasses } from "../repositories/quotas.ts";
import { pickFields, quotaClassNamesAt } from "./quota-fields.ts";

/** Any name is a class. */
export const showQuotaClass = operation({
  id: "compute/show-quota-class",
  service: "compute",
  route: "GET /os-quota-class-sets/{quota_class}",
  access: { rule: "os_compute_api:os-quota-class-sets:show", role: "admin" },
  dynamoCalls: ["GetItem"],
  answer: "ok",
  async run({ path: { quota_class: id }, microversion }, environment) {
    const set = await environment.backend().records.get(quotaClasses, id);
    const quotas = { ...defaultQuotaValues, ...set };
    return {
      quota_class_set: {
        id,
        ...pickFields(quotaClassNamesAt(microversion), (name) => quotas[name]),
      },
    };
  },
});
