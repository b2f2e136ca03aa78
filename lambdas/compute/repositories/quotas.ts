import type { Instant } from "../../core/instant.ts";
import { remembered } from "../../ports/cached-read.ts";
import type { Records, Shelf } from "../../ports/records.ts";
import type { Resources } from "../model/quota.ts";
import { plainQuotas, type Quotas } from "../model/quota-names.ts";

/** What has been set for a project, and in it for some of its users. */
export interface OwnQuotas {
  readonly limits: Partial<Quotas>;
  readonly users: Readonly<Record<string, Partial<Quotas>>>;
}

export const ownQuotas: Shelf<OwnQuotas> = { name: "QUOTAS" };

export const quotaClasses: Shelf<Partial<Quotas>> = { name: "QUOTA_CLASSES" };

/** The one class that counts: what holds for those who have nothing of their own. */
export const defaultClass = "default";

/** How long, in milliseconds, a process goes by defaults that another has changed. */
export const defaultsLag = 10_000;

const defaults = remembered(
  defaultsLag,
  async (records): Promise<Quotas> => ({
    ...plainQuotas,
    ...(await records.get(quotaClasses, defaultClass)),
  }),
);

/** What holds for a project that nothing has been set for. (GetItem, once in a while) */
export const defaultQuotas = defaults.ask;

/** To be said by who changes them. */
export const forgetDefaults = defaults.forget;

/** What a project may use, or one of its users. (GetItem) */
export async function quotasOf(
  records: Records,
  project: string,
  now: Instant,
  user?: string | null,
): Promise<Quotas> {
  const [usual, own] = await Promise.all([
    defaultQuotas(records, now),
    records.get(ownQuotas, project),
  ]);
  return { ...usual, ...own?.limits, ...(user ? own?.users[user] : {}) };
}

/** As a number that anything can be compared with. */
export const ceiling = (limit: number): number => (limit < 0 ? Number.MAX_SAFE_INTEGER : limit);

/** What the quota says of what is counted as servers are made. */
export const resourceLimits = ({ instances, cores, ram }: Quotas): Resources => ({
  instances: ceiling(instances),
  cores: ceiling(cores),
  ram: ceiling(ram),
});
