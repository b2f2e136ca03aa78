import type { Instant } from "../../core/instant.ts";
import { cachedRead } from "../../ports/cached-read.ts";
import type { Collection, Records } from "../../ports/records.ts";
import type { Resources } from "../model/quota.ts";
import { defaultQuotaValues, type Quotas } from "../model/quota-names.ts";

/** `users` holds a project's limits of single users. */
export interface ProjectQuotas {
  readonly limits: Partial<Quotas>;
  readonly users: Readonly<Record<string, Partial<Quotas>>>;
}

export const projectQuotas: Collection<ProjectQuotas> = { name: "QUOTAS" };

export const quotaClasses: Collection<Partial<Quotas>> = { name: "QUOTA_CLASSES" };

/** Nova's only effective class: limits of projects without their own. */
export const defaultQuotaClass = "default";

/** Changes by another process show after this time. */
export const defaultQuotasMaxAgeMs = 10_000;

const cachedDefaultQuotas = cachedRead(
  defaultQuotasMaxAgeMs,
  async (records): Promise<Quotas> => ({
    ...defaultQuotaValues,
    ...(await records.get(quotaClasses, defaultQuotaClass)),
  }),
);

/**
 * Limits of a project without its own.
 * @calls GetItem (cached)
 */
export const getDefaultQuotas = cachedDefaultQuotas.get;

/** Call after changing the default class. */
export const invalidateDefaultQuotas = cachedDefaultQuotas.invalidate;

/**
 * The limits of a project, or of one of its users.
 * @calls GetItem
 */
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

/** Makes -1, unlimited, comparable. */
export const limitOrInfinity = (limit: number): number =>
  limit < 0 ? Number.MAX_SAFE_INTEGER : limit;

export const toResourceLimits = ({ instances, cores, ram }: Quotas): Resources => ({
  instances: limitOrInfinity(instances),
  cores: limitOrInfinity(cores),
  ram: limitOrInfinity(ram),
});
