import type { Instant } from "../../core/instant.ts";
import type { Backend } from "../../ports/backend.ts";
import { addResources, noResources, resourcesOf } from "../model/quota.ts";
import type { QuotaName } from "../model/quota-names.ts";
import { serverGroupsOf } from "../repositories/server-groups.ts";

export type QuotaUsage = Partial<Record<QuotaName, number>>;

/** Fields that Nova does not count are absent. */
export async function getProjectUsage(
  { servers, records }: Backend,
  project: string,
): Promise<QuotaUsage> {
  const [resources, groups] = await Promise.all([
    servers.getUsage(project),
    serverGroupsOf(records, project),
  ]);
  return { ...resources, server_groups: groups.length };
}

export async function getUserUsage(
  { servers, records, keypairs }: Backend,
  project: string,
  user: string,
  now: Instant,
): Promise<QuotaUsage> {
  const isOwn = (one: { readonly user: string }) => one.user === user;
  const [ownServers, groups, keys] = await Promise.all([
    servers.list(
      { project, limit: Number.POSITIVE_INFINITY, includeDeleted: false, matches: isOwn },
      now,
    ),
    serverGroupsOf(records, project),
    keypairs.list(user),
  ]);
  const resources = ownServers
    .map(({ flavor }) => resourcesOf(flavor))
    .reduce(addResources, noResources);
  return { ...resources, server_groups: groups.filter(isOwn).length, key_pairs: keys.length };
}
