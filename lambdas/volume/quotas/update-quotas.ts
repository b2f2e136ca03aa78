import { badRequest } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { upsert } from "../../ports/upsert.ts";
import {
  defaultVolumeLimits,
  getVolumeLimits,
  getVolumeUsage,
  volumeLimitsCollection,
} from "../repositories/quotas.ts";
import { only } from "../schema-fields.ts";

const limit = {
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
  body: only("quota_set", {
    type: "object",
    minProperties: 1,
    additionalProperties: true,
    patternProperties: { "^(?!tenant_id$|skip_validation$)": limit },
  }),
  async run(call, world) {
    const { records } = world.backend();
    const project = call.path.quota_project;
    const said = Object.entries(call.body.quota_set as Readonly<Record<string, unknown>>)
      .filter(([name]) => !["tenant_id", "skip_validation", "force", "id"].includes(name))
      .map(([name, value]) => [name, Number(value)] as const);
    const known = (name: string): name is keyof typeof defaultVolumeLimits =>
      Object.hasOwn(defaultVolumeLimits, name);
    // those of one type are told of, and limit nothing
    const strange = said.find(
      ([name]) => !known(name) && !/^(volumes|gigabytes|snapshots)_./.test(name),
    );
    if (strange) throw badRequest(`Bad key(s) in quota set: ${strange[0]}`);
    const used = await getVolumeUsage(records, project, call.now);
    // cinder/api/contrib/quotas.py:41
    for (const [name, value] of said)
      if (known(name) && name !== "per_volume_gigabytes" && value !== -1 && value < used[name])
        throw badRequest(
          `Quota ${name} limit must be equal or greater than existing resources. Current usage is ${used[name]} and the requested limit is ${value}.`,
        );
    await upsert(records, volumeLimitsCollection, project, (was) => ({
      ...was,
      ...Object.fromEntries(said),
    }));
    return { quota_set: await getVolumeLimits(records, project) };
  },
});
