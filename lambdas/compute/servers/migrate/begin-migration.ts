import { randomInt, randomUUID } from "node:crypto";
import type { Instant } from "../../../core/instant.ts";
import type { Environment } from "../../../http/environment.ts";
import { bindPorts } from "../../../network/repositories/ports.ts";
import type { Backend, Servers } from "../../../ports/backend.ts";
import { noValidHostText, type RequestSpec } from "../../model/host-filters.ts";
import {
  type Action,
  beginMotion,
  type Motion,
  ruleOf,
  taskStartsAt,
} from "../../model/lifecycle.ts";
import { type Migration, migrationId } from "../../model/migration.ts";
import { excess, isNoResources, reservedBy } from "../../model/quota.ts";
import {
  type BootFlavor,
  hostAndFlavor,
  type Server,
  type ServerFault,
} from "../../model/server.ts";
import type { PlannedChange, ServerChanges } from "../../model/server-changes.ts";
import type { TaskState } from "../../model/states.ts";
import { migrations } from "../../repositories/migrations.ts";
import { getQuotas, toResourceLimits } from "../../repositories/quotas.ts";
import { generateHostId, selectDestination } from "../../scheduling/select-destinations.ts";
import { transitionWith } from "../begin-action.ts";
import { type ServerCall, toRequester } from "../find-server.ts";

type MigrationCall = ServerCall & { readonly now: Instant; readonly requestId: string };

/** What a server is to be. */
interface MigrationPlan extends Pick<Migration, "type"> {
  /** The action, and the same where no host is found. */
  readonly action: Action;
  readonly unplacedAction: Action;
  readonly flavor: BootFlavor | null;
  /** The task with which it is what it is to be; at once where it does not say. */
  readonly switchesAt?: TaskState | "at rest";
}

/** A step of a server's life that takes it to another host, or back. */
export interface PlannedMigration extends PlannedChange {
  readonly migration: Migration;
}

/** What a server would be asked to be placed by, anew. */
export const requestSpecOf = (
  { id, pinnedZone, host, hints }: Server,
  flavor: BootFlavor | null,
  requestedDestination: string | null = null,
): RequestSpec => ({
  flavor,
  zone: pinnedZone,
  requestedDestination: requestedDestination,
  ignoreHosts: [host],
  hints,
  server: id,
});

/**
 * What becomes of a server that is to go to `host`, or of one that no host was found for; `reason` says
 * why not, where that is not that there is none.
 */
export function planMigration(
  call: MigrationCall,
  server: Server,
  { type, action, unplacedAction, flavor, switchesAt }: MigrationPlan,
  host: string | null,
  reason = noValidHostText,
): PlannedMigration {
  const { now } = call;
  const actualAction = host === null ? unplacedAction : action;
  const motion = beginMotion(actualAction, server.motion, now);
  const { user, project } = toRequester(call);
  const migration: Migration = {
    id: migrationId(now, randomInt(1_000)),
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
  const changes = host === null ? { fault: serverFault(reason, now) } : switchTo(host);
  return { action: actualAction, changes, migration };

  function switchTo(to: string): ServerChanges {
    const target = { flavor, host: to, hostId: generateHostId(server.project, to) };
    if (!switchesAt) return { ...target, before: null };
    const until = switchesAt === "at rest" ? motion.due : taskStartsAt(switchesAt, motion);
    return { ...target, before: { ...hostAndFlavor(server), until, migration: migration.id } };
  }
}

const serverFault = (message: string, created: Instant): ServerFault => ({
  code: 500,
  message,
  details: null,
  created,
});

/**
 * The host there is for a server of another flavor, and null for none. What that takes of the quota is
 * taken first, and `undo` gives it back.
 */
export async function reserveHost(
  backend: Backend,
  server: Server,
  spec: RequestSpec,
  now: Instant,
): Promise<{ readonly host: string | null; compensate(): Promise<void> }> {
  const before = { ...hostAndFlavor(server), until: now, migration: 0 };
  const extra = excess(reservedBy({ ...server, flavor: spec.flavor, before }), reservedBy(server));
  const compensate = async () => {
    if (!isNoResources(extra)) await backend.servers.releaseQuota(server.project, extra, now);
  };
  if (!isNoResources(extra)) {
    const quotas = await getQuotas(backend.records, server.project, now);
    await backend.servers.reserveQuota(server.project, extra, now, toResourceLimits(quotas));
  }
  const host = await selectDestination(backend, spec, now);
  if (host === null) await compensate();
  return { host, compensate: host === null ? async () => {} : compensate };
}

/** What a server was, what it was to become, and the motion that it is in now. */
interface AppliedMigration<Planned> {
  readonly previous: Server;
  readonly planned: Planned;
  readonly motion: Motion;
}

/**
 * Begins what takes a server to another host or back. What it then needs less of the quota is given
 * back, and its ports are said to be where it is.
 */
export async function applyMigration<Planned extends PlannedChange>(
  call: MigrationCall,
  environment: Environment,
  action: Parameters<Servers["transitionWith"]>[2],
  plan: (server: Server) => Promise<Planned>,
): Promise<AppliedMigration<Planned>> {
  const { servers, records } = environment.backend();
  const attempts: Pick<AppliedMigration<Planned>, "previous" | "planned">[] = [];
  const { motion } = await transitionWith(call, environment, action, async (previous) => {
    const planned = await plan(previous);
    attempts.push({ previous, planned });
    return planned;
  });
  const { previous, planned } = attempts.at(-1) as (typeof attempts)[number];
  // one that is asked to fail is what it was (failing.ts)
  const hasFailed = motion.action !== (planned.action ?? action);
  const current = hasFailed ? previous : { ...previous, ...planned.changes };
  const freed = excess(reservedBy(previous), reservedBy(current));
  if (!isNoResources(freed)) await servers.releaseQuota(previous.project, freed, call.now);
  if (current.host !== previous.host) await bindPorts(records, previous, current.host);
  return { previous, planned, motion };
}

/** Likewise where that begins a migration, of which a record is kept; whether it fails. */
export async function beginMigration(
  call: MigrationCall,
  environment: Environment,
  action: Parameters<Servers["transitionWith"]>[2],
  plan: (server: Server) => Promise<PlannedMigration>,
): Promise<boolean> {
  const { planned, motion } = await applyMigration(call, environment, action, plan);
  const { migration } = planned;
  // a motion may have been asked to take long
  await environment
    .backend()
    .records.put(migrations, String(migration.id), { ...migration, motion });
  return ruleOf(motion.action).failureOf !== undefined;
}
