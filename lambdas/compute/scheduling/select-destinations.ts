import { createHash } from "node:crypto";
import { isNotFound } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Backend } from "../../ports/backend.ts";
import { upsert } from "../../ports/upsert.ts";
import {
  type AffinityHosts,
  type RequestSpec,
  type Selection,
  selectHosts,
} from "../model/host-filters.ts";
import { observe } from "../model/lifecycle.ts";
import type { Server } from "../model/server.ts";
import { getHostStates } from "../repositories/host-states.ts";
import {
  findServerGroup,
  type PendingMembers,
  pendingMembers,
  requestedGroupId,
  type ServerGroup,
} from "../repositories/server-groups.ts";

/** The host a server is to be on, or null where there is none for it. */
export async function selectDestination(
  backend: Backend,
  spec: RequestSpec,
  now: Instant,
): Promise<string | null> {
  const hostStates = await getHostStates(backend.records, now);
  const affinity = await findAffinityHosts(backend, spec, now);
  const group = await findHintedGroup(backend, spec, now);
  const selection = selectHosts(spec, 1, hostStates, {
    ...affinity,
    group: group && { ...group, hosts: group.members.map(({ host }) => host) },
  });
  return "none" in selection ? null : (selection.hosts[0] ?? null);
}

/**
 * Likewise the hosts of servers that are yet to be made: of all or none of them. The members of a group
 * see each other only once they are kept, so that until then their seats are put down beside it: who
 * comes at the same time is placed after them.
 */
export async function selectDestinations(
  backend: Backend,
  spec: RequestSpec,
  ids: readonly string[],
  now: Instant,
): Promise<Selection> {
  const { records } = backend;
  const hostStates = await getHostStates(records, now);
  const affinity = await findAffinityHosts(backend, spec, now);
  const group = await findHintedGroup(backend, spec, now);
  if (group === null) return selectHosts(spec, ids.length, hostStates, { ...affinity, group });
  const memberHosts = group.members.map(({ host }) => host);
  let selection: Selection = { none: "ServerGroup" };
  await upsert(records, pendingMembers, group.id, (was): PendingMembers => {
    // also those that are kept by now: who is about to take seats may have looked before they were
    const pending = Object.entries(was?.seats ?? {}).filter(
      ([, { at }]) => now - at < pendingMemberMs,
    );
    const notListed = pending.filter(([id]) => !group.knownIds.has(id));
    const hosts = [...memberHosts, ...notListed.map(([, { host }]) => host)];
    selection = selectHosts(spec, ids.length, hostStates, {
      ...affinity,
      group: { ...group, hosts },
    });
    const added = "none" in selection ? [] : selection.hosts.map((host) => ({ host, at: now }));
    const entries = [
      ...pending,
      ...added.map((entry, index) => [ids[index] ?? "", entry] as const),
    ];
    return { id: group.id, seats: Object.fromEntries(entries) };
  });
  return selection;
}

/** How long, in milliseconds, a create takes at most from when its servers have seats to when they are kept. */
const pendingMemberMs = 10_000;

/** Where the servers are that a hint names. Any may be named, whosever it is (filters/affinity_filter.py). */
async function findAffinityHosts(
  { servers }: Backend,
  { hints }: RequestSpec,
  now: Instant,
): Promise<Omit<AffinityHosts, "group">> {
  const findHosts = async (ids: readonly string[]): Promise<string[]> => {
    const found = await Promise.all(
      ids.map(async (id) => {
        try {
          return [(await servers.get(await servers.getProjectId(id), id, now)).host];
        } catch (cause) {
          if (isNotFound(cause, "server")) return [];
          throw cause;
        }
      }),
    );
    return found.flat();
  };
  const sameHostIds = toServerIds(hints["same_host"]);
  return {
    sameHost: sameHostIds.length > 0 ? await findHosts(sameHostIds) : null,
    differentHost: await findHosts(toServerIds(hints["different_host"])),
  };
}

const toServerIds = (hint: unknown): string[] => [
  ...new Set(
    [hint].flat().flatMap((id: unknown) => (typeof id === "string" ? [id.toLowerCase()] : [])),
  ),
];

/** From when it is kept, though it is only scheduled then, and until it is off its host. */
const occupiesHost = ({ motion }: Server, now: Instant): boolean =>
  !["deleted", "shelved_offloaded"].includes(observe(motion, now).vm);

interface GroupWithMembers extends Pick<ServerGroup, "id" | "policy"> {
  readonly maxServerPerHost: number;
  /** Those of its servers that are on a host, but for the one that is to be placed. */
  readonly members: readonly Server[];
  /** The ids of all it has, and has had. */
  readonly knownIds: ReadonlySet<string>;
}

/** The group that is asked for; null where none is, or none is there any more. (GetItem, GetItem, Query) */
async function findHintedGroup(
  { records, servers }: Backend,
  { hints, server }: RequestSpec,
  now: Instant,
): Promise<GroupWithMembers | null> {
  const id = requestedGroupId(hints);
  const group = id === null ? null : await findServerGroup(records, id);
  if (group === null) return null;
  const all = await servers.list(
    {
      project: group.project,
      limit: Number.POSITIVE_INFINITY,
      includeDeleted: true,
      matches: (one) => requestedGroupId(one.hints) === group.id,
    },
    now,
  );
  return {
    id: group.id,
    policy: group.policy,
    maxServerPerHost: group.rules.max_server_per_host ?? 1,
    members: all.filter((one) => one.id !== server && one.host !== "" && occupiesHost(one, now)),
    knownIds: new Set(all.map((one) => one.id)),
  };
}

/** nova/utils.py:841: a host has another id in every project (E-20); "" for none. */
export const generateHostId = (project: string, host: string): string =>
  host === "" ? "" : createHash("sha224").update(`${project}${host}`).digest("hex");
