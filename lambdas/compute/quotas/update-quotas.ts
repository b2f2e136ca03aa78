import { malformed } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { isTrue } from "../../http/schema-fields.ts";
import { amend } from "../../ports/upsert.ts";
import { type Quotas, quotaNames } from "../model/quota-names.ts";
import { ceiling, ownQuotas, quotasOf } from "../repositories/quotas.ts";
import { userSchema } from "./query-schema.ts";
import { asked, force, limitsSchema, namesAt, picked } from "./quota-fields.ts";
import { reach } from "./target-project.ts";
import { type Uses, usesOf, usesOfUser } from "./usage-of.ts";

const rule = "os_compute_api:os-quota-sets:update";

/** The answer has no `id`, unlike the others (E-35). */
export const updateQuotas = operation({
  id: "compute/update-quotas",
  service: "compute",
  route: "PUT /os-quota-sets/{project}",
  access: { rule, role: "admin" },
  dynamoCalls: ["GetItem", "PutItem", "Query"],
  answer: "document",
  query: userSchema,
  body: {
    type: "object",
    properties: {
      quota_set: {
        type: "object",
        properties: { ...limitsSchema(35), force },
        additionalProperties: false,
      },
    },
    required: ["quota_set"],
    additionalProperties: false,
  },
  async run({ path: { project }, caller, query, body, microversion, now }, world) {
    reach(caller, project, rule);
    const backend = world.backend();
    const user = query.get("user_id");
    const wanted = asked(body.quota_set);
    if (!isTrue(body.quota_set.force)) {
      const uses = user
        ? await usesOfUser(backend, project, user, now)
        : await usesOf(backend, project);
      const most = user ? await quotasOf(backend.records, project, now) : null;
      refuseUnfit(wanted, uses, most);
    }
    await amend(backend.records, ownQuotas, project, (was) => {
      const { limits = {}, users = {} } = was ?? {};
      return user
        ? { limits, users: { ...users, [user]: { ...users[user], ...wanted } } }
        : { limits: { ...limits, ...wanted }, users };
    });
    const quotas = await quotasOf(backend.records, project, now, user);
    return { quota_set: picked(namesAt(microversion), (name) => quotas[name]) };
  },
});

/** Not below what is used, and for a user not above the project's (quota_sets.py _validate_quota_limit). */
function refuseUnfit(wanted: Partial<Quotas>, uses: Uses, most: Quotas | null): void {
  for (const name of quotaNames) {
    const limit = wanted[name];
    if (limit === undefined) continue;
    const least = uses[name] ?? 0;
    if (ceiling(limit) < least)
      throw malformed(
        `Quota limit ${limit} for ${name} must be greater than or equal to already used and reserved ${least}.`,
      );
    if (most && ceiling(limit) > ceiling(most[name]))
      throw malformed(
        `Quota limit ${limit} for ${name} must be less than or equal to ${most[name]}.`,
      );
  }
}
