import type { Instant } from "../../core/instant.ts";
import type { Backend } from "../../ports/backend.ts";
import { add, nothing, resourcesOf } from "../model/quota.ts";
import type { QuotaName } from "../model/quota-names.ts";
import { groupsOf } from "../repositories/server-groups.ts";

export type QuotaUsage = Partial<Record<QuotaName, number>>;

/** What is used of a project's quota: what is not counted here is not counted by Nova. */
export async function getProjectUsage(
  { servers, records }: Backend,
  project: string,
): Promise<QuotaUsage> {
  const [resources, groups] = await Promise.all([
    servers.usage(project),
    groupsOf(records, project),
  ]);
  return { ...resources, server_groups: groups.length };
}

/** What one user uses of it. */
export async function getUserUsage(
  { servers, records, keypairs }: Backend,
  project: string,
  user: string,
  now: Instant,
): Promise<QuotaUsage> {
  const isOwn = (one: { readonly user: string }) => one.user === user;
  const [ownServers, groups, keys] = await Promise.all([
    servers.list({ project, limit: Number.POSITIVE_INFINITY, gone: false, keep: isOwn }, now),
    groupsOf(records, project),
    keypairs.list(user),
  ]);
  const resources = ownServers.map(({ flavor }) => resourcesOf(flavor)).reduce(add, nothing);
  return { ...resources, server_groups: groups.filter(isOwn).length, key_pairs: keys.length };
}
