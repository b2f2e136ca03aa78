import type { Instant } from "../../core/instant.ts";
import type { Backend } from "../../ports/backend.ts";
import { add, nothing, resourcesOf } from "../model/quota.ts";
import type { QuotaName } from "../model/quota-names.ts";
import { groupsOf } from "../repositories/server-groups.ts";

export type Uses = Partial<Record<QuotaName, number>>;

/** What is used of a project's quota: what is not counted here is not counted by Nova. */
export async function usesOf({ servers, records }: Backend, project: string): Promise<Uses> {
  const [resources, groups] = await Promise.all([
    servers.usage(project),
    groupsOf(records, project),
  ]);
  return { ...resources, server_groups: groups.length };
}

/** What one user uses of it. */
export async function usesOfUser(
  { servers, records, keypairs }: Backend,
  project: string,
  user: string,
  now: Instant,
): Promise<Uses> {
  const own = (one: { readonly user: string }) => one.user === user;
  const [theirs, groups, keys] = await Promise.all([
    servers.list({ project, limit: Number.POSITIVE_INFINITY, gone: false, keep: own }, now),
    groupsOf(records, project),
    keypairs.list(user),
  ]);
  const resources = theirs.map(({ flavor }) => resourcesOf(flavor)).reduce(add, nothing);
  return { ...resources, server_groups: groups.filter(own).length, key_pairs: keys.length };
}
