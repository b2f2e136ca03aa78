import { operation } from "../../http/operation.ts";
import { defaultVolumeLimits } from "../repositories/quotas.ts";

/** Every class has the default limits. */
export const showQuotaClass = operation({
  id: "volume/show-quota-class",
  service: "volume",
  route: "GET /os-quota-class-sets/{quota_class}",
  access: { rule: "volume_extension:quota_classes:get", role: "admin" },
  dynamoCalls: [],
  answer: "ok",
  run: async ({ path }) => ({ quota_class_set: { ...defaultVolumeLimits, id: path.quota_class } }),
});
