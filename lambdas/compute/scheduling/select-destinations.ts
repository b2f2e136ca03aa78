import { createHash } from "node:crypto";
import { isNoSuch } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Backend } from "../../ports/backend.ts";
import { amend } from "../../ports/upsert.ts";
import { type Company, hostsFor, type Placing, type Wish } from "../model/host-filters.ts";
import { observe } from "../model/lifecycle.ts";
import type { Server } from "../model/server.ts";
import { candidatesIn } from "../repositories/host-states.ts";
import {
  groupHint,
  groupNamed,
  groupSeats,
  type Seats,
  type ServerGroup,
} from "../repositories/server-groups.ts";

/** The host a server is to be on, or null where there is none for it. */
export async function schedule(backend: Backend, wish: Wish, now: Instant): Promise<string | null> {
  const candidates = await candidatesIn(backend.records, now);
  const company = await companyOf(backend, wish, now);
  const group = await groupOf(backend, wish, now);
  const placing = hostsFor(wish, 1, candidates, {
    ...company,
    group: group && { ...group, hosts: group.members.map(({ host }) => host) },
  });
  return "none" in placing ? null : (placing.hosts[0] ?? null);
}

/**
 * Likewise the hosts of servers that are yet to be made: of all or none of them. The members of a group
 * see each other only once they are kept, so that until then their seats are put down beside it: who
 * comes at the same time is placed after them.
 */
export async function scheduleNew(
  backend: Backend,
  wish: Wish,
  ids: readonly string[],
  now: Instant,
): Promise<Placing> {
  const { records } = backend;
  const candidates = await candidatesIn(records, now);
  const company = await companyOf(backend, wish, now);
  const group = await groupOf(backend, wish, now);
  if (group === null) return hostsFor(wish, ids.length, candidates, { ...company, group });
  const kept = group.members.map(({ host }) => host);
  let placing: Placing = { none: "ServerGroup" };
  await amend(records, groupSeats, group.id, (was): Seats => {
    // also those that are kept by now: who is about to take seats may have looked before they were
    const fresh = Object.entries(was?.seats ?? {}).filter(([, { at }]) => now - at < seatsHeld);
    const unseen = fresh.filter(([id]) => !group.known.has(id));
    const hosts = [...kept, ...unseen.map(([, { host }]) => host)];
    placing = hostsFor(wish, ids.length, candidates, { ...company, group: { ...group, hosts } });
    const taken = "none" in placing ? [] : placing.hosts.map((host) => ({ host, at: now }));
    const seats = [...fresh, ...taken.map((seat, index) => [ids[index] ?? "", seat] as const)];
    return { id: group.id, seats: Object.fromEntries(seats) };
  });
  return placing;
}

/** How long, in milliseconds, a create takes at most from when its servers have seats to when they are kept. */
const seatsHeld = 10_000;

/** Where the servers are that a hint names. Any may be named, whosever it is (filters/affinity_filter.py). */
async function companyOf(
  { servers }: Backend,
  { hints }: Wish,
  now: Instant,
): Promise<Omit<Company, "group">> {
  const hostsOf = async (ids: readonly string[]): Promise<string[]> => {
    const found = await Promise.all(
      ids.map(async (id) => {
        try {
          return [(await servers.get(await servers.projectOf(id), id, now)).host];
        } catch (cause) {
          if (isNoSuch(cause, "server")) return [];
          throw cause;
        }
      }),
    );
    return found.flat();
  };
  const same = namedIn(hints["same_host"]);
  return {
    same: same.length > 0 ? await hostsOf(same) : null,
    different: await hostsOf(namedIn(hints["different_host"])),
  };
}

const namedIn = (hint: unknown): string[] => [
  ...new Set(
    [hint].flat().flatMap((id: unknown) => (typeof id === "string" ? [id.toLowerCase()] : [])),
  ),
];

/** From when it is kept, though it is only scheduled then, and until it is off its host. */
const stays = ({ motion }: Server, now: Instant): boolean =>
  !["deleted", "shelved_offloaded"].includes(observe(motion, now).vm);

interface Grouped extends Pick<ServerGroup, "id" | "policy"> {
  readonly most: number;
  /** Those of its servers that are on a host, but for the one that is to be placed. */
  readonly members: readonly Server[];
  /** The ids of all it has, and has had. */
  readonly known: ReadonlySet<string>;
}

/** The group that is asked for; null where none is, or none is there any more. (GetItem, GetItem, Query) */
async function groupOf(
  { records, servers }: Backend,
  { hints, server }: Wish,
  now: Instant,
): Promise<Grouped | null> {
  const id = groupHint(hints);
  const group = id === null ? null : await groupNamed(records, id);
  if (group === null) return null;
  const all = await servers.list(
    {
      project: group.project,
      limit: Number.POSITIVE_INFINITY,
      gone: true,
      keep: (one) => groupHint(one.hints) === group.id,
    },
    now,
  );
  return {
    id: group.id,
    policy: group.policy,
    most: group.rules.max_server_per_host ?? 1,
    members: all.filter((one) => one.id !== server && one.host !== "" && stays(one, now)),
    known: new Set(all.map((one) => one.id)),
  };
}

/** nova/utils.py:841: a host has another id in every project (E-20); "" for none. */
export const hostIdOf = (project: string, host: string): string =>
  host === "" ? "" : createHash("sha224").update(`${project}${host}`).digest("hex");
