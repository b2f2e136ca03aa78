import { Fault, malformed } from "../../core/fault.ts";
import { grouped } from "../../core/group-by.ts";
import type { Instant } from "../../core/instant.ts";
import type { Servers } from "../../ports/backend.ts";
import type { Records, Shelf } from "../../ports/records.ts";
import { ceiling } from "./quotas.ts";

/** Servers that are to be on the same host, or on different ones. */
export interface ServerGroup {
  readonly id: string;
  readonly project: string;
  readonly user: string;
  readonly name: string;
  readonly policy: string;
  readonly rules: { readonly max_server_per_host?: number };
}

export const groupShelf = (project: string): Shelf<ServerGroup> => ({
  name: `SERVER_GROUPS#${project}`,
});

/** Whose a group is, for those who may look at any. */
export const groupOwners: Shelf<{ readonly id: string; readonly project: string }> = {
  name: "SERVER_GROUPS",
};

/** Who is to be where in a group and is not kept yet, by its id. */
export interface Seats {
  readonly id: string;
  readonly seats: Readonly<Record<string, { readonly host: string; readonly at: Instant }>>;
}

export const groupSeats: Shelf<Seats> = { name: "SERVER_GROUP_SEATS" };

/** Whosever it is; null where there is none. (GetItem, GetItem) */
export async function groupNamed(records: Records, id: string): Promise<ServerGroup | null> {
  const owner = await records.get(groupOwners, id);
  return owner && records.get(groupShelf(owner.project), id);
}

/** (Query) */
export const groupsOf = (records: Records, project: string): Promise<ServerGroup[]> =>
  records.all(groupShelf(project));

/** The group a server was asked into, which a hint names; null where none is. */
export function groupHint(hints: Readonly<Record<string, unknown>>): string | null {
  const hint = hints["group"];
  const id: unknown = Array.isArray(hint) ? hint[0] : hint;
  return typeof id === "string" ? id.toLowerCase() : null;
}

/**
 * The servers of a group are those that were asked into it and are still there: nobody keeps a list,
 * so none can be wrong. By the id of the group, those of a project. (Query; Scan for all projects)
 */
export async function membersOf(
  servers: Servers,
  project: string | null,
  now: Instant,
): Promise<Map<string, readonly { readonly id: string; readonly user: string }[]>> {
  const all = await servers.list(
    {
      project,
      limit: Number.POSITIVE_INFINITY,
      gone: false,
      keep: ({ hints }) => groupHint(hints) !== null,
    },
    now,
  );
  return grouped(all, ({ hints }) => groupHint(hints) ?? "");
}

/** Refuses to make servers in a group that is not there, or is full. (GetItem, Query) */
export async function refuseUnfitGroup(
  { records, servers }: { readonly records: Records; readonly servers: Servers },
  hints: Readonly<Record<string, unknown>>,
  {
    project,
    user,
    most,
    count,
    now,
  }: {
    readonly project: string;
    readonly user: string;
    /** The quota of members. */
    readonly most: number;
    readonly count: number;
    readonly now: Instant;
  },
): Promise<void> {
  const id = groupHint(hints);
  if (id === null) return;
  if (!(await records.get(groupShelf(project), id)))
    throw malformed(`Instance group ${id} could not be found.`);
  const members = (await membersOf(servers, project, now)).get(id) ?? [];
  if (members.filter((one) => one.user === user).length + count > ceiling(most))
    throw new Fault({ kind: "denied", reason: "Quota exceeded, too many servers in group" });
}
