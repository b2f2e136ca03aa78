import { badRequest, Fault } from "../../core/fault.ts";
import { groupBy } from "../../core/group-by.ts";
import type { Instant } from "../../core/instant.ts";
import type { Servers } from "../../ports/backend.ts";
import type { Collection, Records } from "../../ports/records.ts";
import { limitOrInfinity } from "./quotas.ts";

/** Servers that are to be on the same host, or on different ones. */
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

/** Whose a group is, for those who may look at any. */
export const serverGroupOwners: Collection<{ readonly id: string; readonly project: string }> = {
  name: "SERVER_GROUPS",
};

/** Who is to be where in a group and is not kept yet, by its id. */
export interface PendingMembers {
  readonly id: string;
  readonly seats: Readonly<Record<string, { readonly host: string; readonly at: Instant }>>;
}

export const pendingMembers: Collection<PendingMembers> = { name: "SERVER_GROUP_SEATS" };

/** Whosever it is; null where there is none. (GetItem, GetItem) */
export async function findServerGroup(records: Records, id: string): Promise<ServerGroup | null> {
  const owner = await records.get(serverGroupOwners, id);
  return owner && records.get(serverGroups(owner.project), id);
}

/** (Query) */
export const serverGroupsOf = (records: Records, project: string): Promise<ServerGroup[]> =>
  records.all(serverGroups(project));

/** The group a server was asked into, which a hint names; null where none is. */
export function requestedGroupId(hints: Readonly<Record<string, unknown>>): string | null {
  const hint = hints["group"];
  const id: unknown = Array.isArray(hint) ? hint[0] : hint;
  return typeof id === "string" ? id.toLowerCase() : null;
}

/**
 * The servers of a group are those that were asked into it and are still there: nobody keeps a list,
 * so none can be wrong. By the id of the group, those of a project. (Query; Scan for all projects)
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

/** Refuses to make servers in a group that is not there, or is full. (GetItem, Query) */
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
    /** The quota of members. */
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
