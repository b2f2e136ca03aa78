import {
  type NetworkQuota,
  networkQuotaDefaults,
  quotaNames,
} from "../repositories/network-quota.ts";

export const quotaView = (quota: NetworkQuota) => ({ quota });

interface ProjectLimits {
  readonly id: string;
  readonly limits: Partial<NetworkQuota>;
}

export const quotasView = (all: readonly ProjectLimits[]) => ({
  quotas: all.map(({ id, limits }) => ({
    ...networkQuotaDefaults,
    ...limits,
    project_id: id,
    tenant_id: id,
  })),
});

export const quotaDetailsView = (limits: NetworkQuota, used: NetworkQuota) => ({
  quota: Object.fromEntries(
    quotaNames.map((name) => [name, { limit: limits[name], used: used[name], reserved: 0 }]),
  ),
});
