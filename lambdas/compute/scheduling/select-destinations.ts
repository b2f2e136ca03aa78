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
 * Selects all or none. Group members are pending until stored, so that concurrent creates count
 * them.
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
    // keeps stored members too: a concurrent create may have listed the servers before
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

/** Milliseconds from selecting a host to storing the server, at most. */
const pendingMemberMs = 10_000;

/** Hints may name servers of any project. */
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

/** Also while scheduling, until off the host. */
const occupiesHost = ({ motion }: Server, now: Instant): boolean =>
  !["deleted", "shelved_offloaded"].includes(observe(motion, now).vm);

interface GroupWithMembers extends Pick<ServerGroup, "id" | "policy"> {
  readonly maxServerPerHost: number;
  /** Without the server being placed. */
  readonly members: readonly Server[];
  /** Includes deleted servers. */
  readonly knownIds: ReadonlySet<string>;
}

/**
 * Returns null where the hint names no existing group.
 * @calls GetItem, GetItem, Query
 */
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

/** The id differs per project (E-20). */
export const generateHostId = (project: string, host: string): string =>
  host === "" ? "" : createHash("sha224").update(`${project}${host}`).digest("hex");
