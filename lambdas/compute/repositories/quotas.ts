import type { Instant } from "../../core/instant.ts";
import { cachedRead } from "../../ports/cached-read.ts";
import type { Collection, Records } from "../../ports/records.ts";
import type { Resources } from "../model/quota.ts";
import { defaultQuotaValues, type Quotas } from "../model/quota-names.ts";

/** What has been set for a project, and in it for some of its users. */
export interface ProjectQuotas {
  readonly limits: Partial<Quotas>;
  readonly users: Readonly<Record<string, Partial<Quotas>>>;
}

export const projectQuotas: Collection<ProjectQuotas> = { name: "QUOTAS" };

export const quotaClasses: Collection<Partial<Quotas>> = { name: "QUOTA_CLASSES" };

/** The one class that counts: what holds for those who have nothing of their own. */
export const defaultQuotaClass = "default";

/** How long, in milliseconds, a process goes by defaults that another has changed. */
export const defaultQuotasMaxAgeMs = 10_000;

const cachedDefaultQuotas = cachedRead(
  defaultQuotasMaxAgeMs,
  async (records): Promise<Quotas> => ({
    ...defaultQuotaValues,
    ...(await records.get(quotaClasses, defaultQuotaClass)),
  }),
);

/** What holds for a project that nothing has been set for. (GetItem, once in a while) */
export const getDefaultQuotas = cachedDefaultQuotas.get;

/** To be said by who changes them. */
export const invalidateDefaultQuotas = cachedDefaultQuotas.invalidate;

/** What a project may use, or one of its users. (GetItem) */
export async function getQuotas(
  records: Records,
  project: string,
  now: Instant,
  user?: string | null,
): Promise<Quotas> {
  const [defaultValues, projectValues] = await Promise.all([
    getDefaultQuotas(records, now),
    records.get(projectQuotas, project),
  ]);
  return {
    ...defaultValues,
    ...projectValues?.limits,
    ...(user ? projectValues?.users[user] : {}),
  };
}

/** As a number that anything can be compared with. */
export const limitOrInfinity = (limit: number): number =>
  limit < 0 ? Number.MAX_SAFE_INTEGER : limit;

/** What the quota says of what is counted as servers are made. */
export const toResourceLimits = ({ instances, cores, ram }: Quotas): Resources => ({
  instances: limitOrInfinity(instances),
  cores: limitOrInfinity(cores),
  ram: limitOrInfinity(ram),
});
