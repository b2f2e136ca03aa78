import type { Collection, Records } from "../../ports/records.ts";

/** neutron/conf/quota.py and the extensions; -1 is unlimited. */
export const networkQuotaDefaults = {
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

export type NetworkQuota = Readonly<Record<keyof typeof networkQuotaDefaults, number>>;

export const quotaNames = Object.keys(
  networkQuotaDefaults,
) as (keyof typeof networkQuotaDefaults)[];

export const networkQuotaLimits: Collection<{
  readonly id: string;
  readonly limits: Partial<NetworkQuota>;
}> = {
  name: "NETWORK-QUOTAS",
};

/** @calls GetItem */
export async function getNetworkQuota(records: Records, project: string): Promise<NetworkQuota> {
  const set = await records.get(networkQuotaLimits, project);
  return { ...networkQuotaDefaults, ...set?.limits };
}
