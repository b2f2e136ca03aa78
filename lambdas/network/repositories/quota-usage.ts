import { conflict } from "../../core/fault.ts";
import type { Records } from "../../ports/records.ts";
import { isInScope } from "../model/network.ts";
import { floatingIpsIn } from "./floating-ips.ts";
import { getNetworkQuota, type NetworkQuota, quotaNames } from "./network-quota.ts";
import { networksIn } from "./networks.ts";
import { portsIn } from "./ports.ts";
import { routersIn } from "./routers.ts";
import { securityGroupsIn } from "./security-groups.ts";

type QuotaName = keyof NetworkQuota;

const scopeOf = (project: string) => ({ project, allProjects: false });

const none = async () => 0;

/** Counts a project's resources of each kind. */
const counters: Readonly<
  Record<QuotaName, (records: Records, project: string) => Promise<number>>
> = {
  network: async (records, project) =>
    (await networksIn(records).all()).filter((one) => isInScope(scopeOf(project), one)).length,
  subnet: async (records, project) =>
    (await networksIn(records).all())
      .flatMap(({ subnets }) => subnets)
      .filter((one) => isInScope(scopeOf(project), one)).length,
  port: async (records, project) => (await portsIn(records).all(scopeOf(project))).length,
  router: async (records, project) => (await routersIn(records).all(scopeOf(project))).length,
  floatingip: async (records, project) =>
    (await floatingIpsIn(records).all(scopeOf(project))).length,
  security_group: async (records, project) =>
    (await securityGroupsIn(records).all(scopeOf(project))).length,
  security_group_rule: async (records, project) =>
    (await securityGroupsIn(records).all(scopeOf(project))).flatMap(
      (group) => group.security_group_rules,
    ).length,
  rbac_policy: none,
  subnetpool: none,
};

/** @calls Query */
export async function networkQuotaUsage(records: Records, project: string): Promise<NetworkQuota> {
  const counts = await Promise.all(
    quotaNames.map(async (name) => [name, await counters[name](records, project)]),
  );
  return Object.fromEntries(counts);
}

/**
 * Throws `conflict` where the project has no room for `added` more resources. Concurrent requests
 * may pass together.
 * @calls GetItem, Query
 */
export async function assertNetworkQuota(
  records: Records,
  project: string,
  kind: QuotaName,
  added = 1,
): Promise<void> {
  const limit = (await getNetworkQuota(records, project))[kind];
  if (limit < 0) return;
  const used = await counters[kind](records, project);
  if (used + added > limit)
    throw conflict(`Quota exceeded for resources: ['${kind}'].`, "OverQuota");
}
