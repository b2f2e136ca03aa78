import { operation } from "../../http/operation.ts";
import { defaultVolumeLimits } from "../repositories/quotas.ts";

/** The classes are all as the default one. */
export const showQuotaClass = operation({
  id: "volume/show-quota-class",
  service: "volume",
  route: "GET /os-quota-class-sets/{quota_class}",
  access: { rule: "volume_extension:quota_classes:get", role: "admin" },
  dynamoCalls: [],
  answer: "ok",
  run: async ({ path }) => ({ quota_class_set: { ...defaultVolumeLimits, id: path.quota_class } }),
});
