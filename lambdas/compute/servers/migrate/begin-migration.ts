import { randomInt, randomUUID } from "node:crypto";
import type { Instant } from "../../../core/instant.ts";
import type { World } from "../../../http/environment.ts";
import { bindPorts } from "../../../network/repositories/ports.ts";
import type { Backend, Servers } from "../../../ports/backend.ts";
import { noValidHost, type Wish } from "../../model/host-filters.ts";
import { type Action, begin, begins, type Motion, ruleOf } from "../../model/lifecycle.ts";
import { type Migration, numberAt } from "../../model/migration.ts";
import { beyond, heldBy, isNothing } from "../../model/quota.ts";
import { type BootFlavor, type Server, type ServerFault, seatOf } from "../../model/server.ts";
import type { Changes, Remade } from "../../model/server-changes.ts";
import type { TaskState } from "../../model/states.ts";
import { migrations } from "../../repositories/migrations.ts";
import { quotasOf, resourceLimits } from "../../repositories/quotas.ts";
import { hostIdOf, schedule } from "../../scheduling/select-destinations.ts";
import { remake } from "../begin-action.ts";
import { type Reaching, requesterOf } from "../find-server.ts";

type Call = Reaching & { readonly now: Instant; readonly requestId: string };

/** What a server is to be. */
interface Journey extends Pick<Migration, "type"> {
  /** The action, and the same where no host is found. */
  readonly action: Action;
  readonly unplaced: Action;
  readonly flavor: BootFlavor | null;
  /** The task with which it is what it is to be; at once where it does not say. */
  readonly arrives?: TaskState | "at rest";
}

/** A step of a server's life that takes it to another host, or back. */
export interface Move extends Remade {
  readonly migration: Migration;
}

/** What a server would be asked to be placed by, anew. */
export const wishOf = (
  { id, pinnedZone, host, hints }: Server,
  flavor: BootFlavor | null,
  only: string | null = null,
): Wish => ({ flavor, zone: pinnedZone, only, except: [host], hints, server: id });

/**
 * What becomes of a server that is to go to `host`, or of one that no host was found for; `reason` says
 * why not, where that is not that there is none.
 */
export function journey(
  call: Call,
  server: Server,
  { type, action, unplaced, flavor, arrives }: Journey,
  host: string | null,
  reason = noValidHost,
): Move {
  const { now } = call;
  const really = host === null ? unplaced : action;
  const motion = begin(really, server.motion, now);
  const { user, project } = requesterOf(call);
  const migration: Migration = {
    id: numberAt(now, randomInt(1_000)),
    uuid: randomUUID(),
    server: server.id,
    ...{ user, project, type, motion },
    source: server.host,
    destination: host,
    // Nova's record of an evacuation has none (nova/compute/api.py:5739)
    oldFlavor: type === "evacuation" ? null : (server.flavor?.id ?? null),
    newFlavor: type === "evacuation" ? null : (flavor?.id ?? null),
    created: now,
    ended: null,
  };
  const changes = host === null ? { fault: faultOf(reason, now) } : seated(host);
  return { action: really, changes, migration };

  function seated(to: string): Changes {
    const seat = { flavor, host: to, hostId: hostIdOf(server.project, to) };
    if (!arrives) return { ...seat, before: null };
    const until = arrives === "at rest" ? motion.due : begins(arrives, motion);
    return { ...seat, before: { ...seatOf(server), until, migration: migration.id } };
  }
}

const faultOf = (message: string, created: Instant): ServerFault => ({
  code: 500,
  message,
  details: null,
  created,
});

/**
 * The host there is for a server of another flavor, and null for none. What that takes of the quota is
 * taken first, and `undo` gives it back.
 */
export async function roomFor(
  backend: Backend,
  server: Server,
  wish: Wish,
  now: Instant,
): Promise<{ readonly host: string | null; undo(): Promise<void> }> {
  const before = { ...seatOf(server), until: now, migration: 0 };
  const more = beyond(heldBy({ ...server, flavor: wish.flavor, before }), heldBy(server));
  const undo = async () => {
    if (!isNothing(more)) await backend.servers.letGo(server.project, more, now);
  };
  if (!isNothing(more)) {
    const quotas = await quotasOf(backend.records, server.project, now);
    await backend.servers.hold(server.project, more, now, resourceLimits(quotas));
  }
  const host = await schedule(backend, wish, now);
  if (host === null) await undo();
  return { host, undo: host === null ? async () => {} : undo };
}

/** What a server was, what it was to become, and the motion that it is in now. */
interface Step<Made> {
  readonly was: Server;
  readonly made: Made;
  readonly motion: Motion;
}

/**
 * Begins what takes a server to another host or back. What it then needs less of the quota is given
 * back, and its ports are said to be where it is.
 */
export async function move<Made extends Remade>(
  call: Call,
  world: World,
  action: Parameters<Servers["remake"]>[2],
  to: (server: Server) => Promise<Made>,
): Promise<Step<Made>> {
  const { servers, records } = world.backend();
  const steps: Pick<Step<Made>, "was" | "made">[] = [];
  const { motion } = await remake(call, world, action, async (was) => {
    const made = await to(was);
    steps.push({ was, made });
    return made;
  });
  const { was, made } = steps.at(-1) as (typeof steps)[number];
  // one that is asked to fail is what it was (failing.ts)
  const hasFailed = motion.action !== (made.action ?? action);
  const is = hasFailed ? was : { ...was, ...made.changes };
  const less = beyond(heldBy(was), heldBy(is));
  if (!isNothing(less)) await servers.letGo(was.project, less, call.now);
  if (is.host !== was.host) await bindPorts(records, was, is.host);
  return { was, made, motion };
}

/** Likewise where that begins a migration, of which a record is kept; whether it fails. */
export async function setOut(
  call: Call,
  world: World,
  action: Parameters<Servers["remake"]>[2],
  to: (server: Server) => Promise<Move>,
): Promise<boolean> {
  const { made, motion } = await move(call, world, action, to);
  const { migration } = made;
  // a motion may have been asked to take long
  await world.backend().records.put(migrations, String(migration.id), { ...migration, motion });
  return ruleOf(motion.action).fails !== undefined;
}
