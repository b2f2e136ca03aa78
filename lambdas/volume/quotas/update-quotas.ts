import { badRequest } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { upsert } from "../../ports/upsert.ts";
import {
  defaultVolumeLimits,
  getVolumeLimits,
  getVolumeUsage,
  volumeLimitsCollection,
} from "../repositories/quotas.ts";
import { singleMember } from "../schema-fields.ts";

const quotaLimitField = {
  type: ["integer", "string"],
  pattern: "^-?[0-9]+$",
  minimum: -1,
  maximum: 2147483647,
} as const;

export const updateQuotas = operation({
  id: "volume/update-quotas",
  service: "volume",
  route: "PUT /os-quota-sets/{quota_project}",
  access: { rule: "volume_extension:quotas:update", role: "admin" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "ok",
  body: singleMember("quota_set", {
    type: "object",
    minProperties: 1,
    additionalProperties: true,
    patternProperties: { "^(?!tenant_id$|skip_validation$)": quotaLimitField },
  }),
  async run(call, environment) {
    const { records } = environment.backend();
    const project = call.path.quota_project;
    const limits = Object.entries(call.body.quota_set as Readonly<Record<string, unknown>>)
      .filter(([name]) => !["tenant_id", "skip_validation", "force", "id"].includes(name))
      .map(([name, value]) => [name, Number(value)] as const);
    const isKnown = (name: string): name is keyof typeof defaultVolumeLimits =>
      Object.hasOwn(defaultVolumeLimits, name);
    // limits of one volume type are accepted and have no effect
    const unknown = limits.find(
      ([name]) => !isKnown(name) && !/^(volumes|gigabytes|snapshots)_./.test(name),
    );
    if (unknown) throw badRequest(`Bad key(s) in quota set: ${unknown[0]}`);
    const used = await getVolumeUsage(records, project, call.now);
    // cinder/api/contrib/quotas.py:41
    for (const [name, value] of limits)
      if (isKnown(name) && name !== "per_volume_gigabytes" && value !== -1 && value < used[name])
        throw badRequest(
          `Quota ${name} limit must be equal or greater than existing resources. Current usage is ${used[name]} and the requested limit is ${value}.`,
        );
    await upsert(records, volumeLimitsCollection, project, (was) => ({
      ...was,
      ...Object.fromEntries(limits),
    }));
    return { quota_set: await getVolumeLimits(records, project) };
  },
});
