import { isTrue, novaMember } from "../../core/booleans.ts";
import { badRequest } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { upsert } from "../../ports/upsert.ts";
import { type Quotas, quotaNames } from "../model/quota-names.ts";
import { getQuotas, limitOrInfinity, projectQuotas } from "../repositories/quotas.ts";
import { quotaUserSchema } from "./query-schema.ts";
import { forceField, limitsSchema, parseLimits, pickFields, quotaNamesAt } from "./quota-fields.ts";
import { assertTargetProject } from "./target-project.ts";
import { getProjectUsage, getUserUsage, type QuotaUsage } from "./usage-of.ts";

const rule = "os_compute_api:os-quota-sets:update";

/** The response has no `id` (E-35). */
export const updateQuotas = operation({
  id: "compute/update-quotas",
  service: "compute",
  route: "PUT /os-quota-sets/{project}",
  access: { rule, role: "admin" },
  dynamoCalls: ["GetItem", "PutItem", "Query"],
  answer: "ok",
  query: quotaUserSchema,
  body: {
    type: "object",
    properties: {
      quota_set: {
        type: "object",
        properties: { ...limitsSchema(35), force: forceField },
        additionalProperties: false,
      },
    },
    required: ["quota_set"],
    additionalProperties: false,
  },
  async run({ path: { project }, caller, query, body, microversion, now }, environment) {
    assertTargetProject(caller, project, rule);
    const backend = environment.backend();
    const user = query.get("user_id");
    const newLimits = parseLimits(body.quota_set);
    if (!isTrue(novaMember, body.quota_set.force)) {
      const usage = user
        ? await getUserUsage(backend, project, user, now)
        : await getProjectUsage(backend, project);
      const maxQuotas = user ? await getQuotas(backend.records, project, now) : null;
      assertLimits(newLimits, usage, maxQuotas);
    }
    await upsert(backend.records, projectQuotas, project, (was) => {
      const { limits = {}, users = {} } = was ?? {};
      return user
        ? { limits, users: { ...users, [user]: { ...users[user], ...newLimits } } }
        : { limits: { ...limits, ...newLimits }, users };
    });
    const quotas = await getQuotas(backend.records, project, now, user);
    return { quota_set: pickFields(quotaNamesAt(microversion), (name) => quotas[name]) };
  },
});

/** Not below the usage; a user's not above the project's. */
function assertLimits(
  newLimits: Partial<Quotas>,
  usage: QuotaUsage,
  maxQuotas: Quotas | null,
): void {
  for (const name of quotaNames) {
    const limit = newLimits[name];
    if (limit === undefined) continue;
    const used = usage[name] ?? 0;
    if (limitOrInfinity(limit) < used)
      throw badRequest(
        `Quota limit ${limit} for ${name} must be greater than or equal to already used and reserved ${used}.`,
      );
    if (maxQuotas && limitOrInfinity(limit) > limitOrInfinity(maxQuotas[name]))
      throw badRequest(
        `Quota limit ${limit} for ${name} must be less than or equal to ${maxQuotas[name]}.`,
      );
  }
}
