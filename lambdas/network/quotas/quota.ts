import type { Collection, Records } from "../../ports/records.ts";

/** neutron/conf/quota.py and the defaults of the extensions. */
export const defaults = {
  network: 100,
  subnet: 100,
  port: 500,
  router: 10,
  floatingip: 50,
  security_group: 10,
  security_group_rule: 100,
  rbac_policy: 10,
  subnetpool: -1,
} as const;

export type Limits = Readonly<Record<keyof typeof defaults, number>>;

export const limited = Object.keys(defaults) as (keyof typeof defaults)[];

/** What of them somebody has set for a project. */
export const limitsShelf: Collection<{ readonly id: string; readonly limits: Partial<Limits> }> = {
  name: "NETWORK-QUOTAS",
};

/** (GetItem) */
export async function limitsOf(records: Records, project: string): Promise<Limits> {
  const set = await records.get(limitsShelf, project);
  return { ...defaults, ...set?.limits };
}
