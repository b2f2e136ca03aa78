import { badRequest, Fault } from "../../core/fault.ts";
import { groupBy } from "../../core/group-by.ts";
import type { Instant } from "../../core/instant.ts";
import type { Servers } from "../../ports/backend.ts";
import type { Collection, Records } from "../../ports/records.ts";
import { limitOrInfinity } from "./quotas.ts";

/** nova/objects/instance_group.py. */
export interface ServerGroup {
  readonly id: string;
  readonly project: string;
  readonly user: string;
  readonly name: string;
  readonly policy: string;
  readonly rules: { readonly max_server_per_host?: number };
}

export const serverGroups = (project: string): Collection<ServerGroup> => ({
  name: `SERVER_GROUPS#${project}`,
});

/** Finds the project by the id, for administrators. */
export const serverGroupOwners: Collection<{ readonly id: string; readonly project: string }> = {
  name: "SERVER_GROUPS",
};

/** Members placed by a running create but not listed yet, by server id. */
export interface PendingMembers {
  readonly id: string;
  readonly seats: Readonly<Record<string, { readonly host: string; readonly at: Instant }>>;
}

export const pendingMembers: Collection<PendingMembers> = { name: "SERVER_GROUP_SEATS" };

/**
 * Finds a group of any project, or null.
 * @calls GetItem, GetItem
 */
export async function findServerGroup(records: Records, id: string): Promise<ServerGroup | null> {
  const owner = await records.get(serverGroupOwners, id);
  return owner && records.get(serverGroups(owner.project), id);
}

/** @calls Query */
export const serverGroupsOf = (records: Records, project: string): Promise<ServerGroup[]> =>
  records.all(serverGroups(project));

/** Reads the `group` hint; null without one. */
export function requestedGroupId(hints: Readonly<Record<string, unknown>>): string | null {
  const hint = hints["group"];
  const id: unknown = Array.isArray(hint) ? hint[0] : hint;
  return typeof id === "string" ? id.toLowerCase() : null;
}

/**
 * Members by group id. Derived from the servers' hints: no stored list can be out of date.
 * @calls Query; Scan for all projects
 */
export async function groupMembers(
  servers: Servers,
  project: string | null,
  now: Instant,
): Promise<Map<string, readonly { readonly id: string; readonly user: string }[]>> {
  const all = await servers.list(
    {
      project,
      limit: Number.POSITIVE_INFINITY,
      includeDeleted: false,
      matches: ({ hints }) => requestedGroupId(hints) !== null,
    },
    now,
  );
  return groupBy(all, ({ hints }) => requestedGroupId(hints) ?? "");
}

/**
 * Throws `bad-request` for an unknown group, `denied` for a full one.
 * @calls GetItem, Query
 */
export async function assertGroupCapacity(
  { records, servers }: { readonly records: Records; readonly servers: Servers },
  hints: Readonly<Record<string, unknown>>,
  {
    project,
    user,
    maxMembers,
    count,
    now,
  }: {
    readonly project: string;
    readonly user: string;
    /** The server_group_members quota. */
    readonly maxMembers: number;
    readonly count: number;
    readonly now: Instant;
  },
): Promise<void> {
  const id = requestedGroupId(hints);
  if (id === null) return;
  if (!(await records.get(serverGroups(project), id)))
    throw badRequest(`Instance group ${id} could not be found.`);
  const members = (await groupMembers(servers, project, now)).get(id) ?? [];
  if (members.filter((member) => member.user === user).length + count > limitOrInfinity(maxMembers))
    throw new Fault({ kind: "denied", reason: "Quota exceeded, too many servers in group" });
}
