import { badRequest } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { upsert } from "../../ports/upsert.ts";
import { defaultQuotaValues } from "../model/quota-names.ts";
import { invalidateDefaultQuotas, quotaClasses } from "../repositories/quotas.ts";
import { limitsSchema, parseLimits, pickFields, quotaClassNamesAt } from "./quota-fields.ts";

/** Only class "default" has an effect. */
export const updateQuotaClass = operation({
  id: "compute/update-quota-class",
  service: "compute",
  route: "PUT /os-quota-class-sets/{quota_class}",
  access: { rule: "os_compute_api:os-quota-class-sets:update", role: "admin" },
  dynamoCalls: ["GetItem", "PutItem"],
  answer: "ok",
  body: {
    type: "object",
    properties: {
      quota_class_set: {
        type: "object",
        properties: limitsSchema(49),
        additionalProperties: false,
      },
    },
    required: ["quota_class_set"],
    additionalProperties: false,
  },
  async run({ path: { quota_class: id }, body, microversion }, environment) {
    if (id.length > 255)
      throw badRequest(
        `Invalid input received: quota_class_name has ${id.length} characters, more than 255.`,
      );
    const { records } = environment.backend();
    const newLimits = parseLimits(body.quota_class_set as Record<string, unknown>);
    const set = await upsert(records, quotaClasses, id, (was) => ({ ...was, ...newLimits }));
    invalidateDefaultQuotas(records);
    const quotas = { ...defaultQuotaValues, ...set };
    return { quota_class_set: pickFields(quotaClassNamesAt(microversion), (name) => quotas[name]) };
  },
});
