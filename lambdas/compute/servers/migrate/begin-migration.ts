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

interface MigrationPlan extends Pick<Migration, "type"> {
  /** Runs if no host is valid. */
  readonly action: Action;
  readonly unplacedAction: Action;
  readonly flavor: BootFlavor | null;
  /** The task at which host and flavor change; without one, at once. */
  readonly switchesAt?: TaskState | "at rest";
}

export interface PlannedMigration extends PlannedChange {
  readonly migration: Migration;
}

/** For scheduling an existing server again. */
export const requestSpecOf = (
  { id, pinnedZone, host, hints }: Server,
  flavor: BootFlavor | null,
  requestedDestination: string | null = null,
): RequestSpec => ({
  flavor,
  zone: pinnedZone,
  requestedDestination,
  ignoreHosts: [host],
  hints,
  server: id,
});

/** A null `host` puts the server in ERROR with `reason`. */
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
    // Nova's evacuations record no flavors (nova/compute/api.py:5739)
    oldFlavor: type === "evacuation" ? null : (server.flavor?.id ?? null),
    newFlavor: type === "evacuation" ? null : (flavor?.id ?? null),
    created: now,
    ended: null,
  };
  const changes = host === null ? { fault: serverFault(reason, now) } : switchTo(host);
  return { action: actualAction, changes, migration };

  function switchTo(newHost: string): ServerChanges {
    const hostId = generateHostId(server.project, newHost);
    const target = { flavor, host: newHost, hostId };
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
 * Reserves the extra quota, then selects a host; null without a valid one.
 * @calls GetItem, UpdateItem, Query
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

interface AppliedMigration<Planned> {
  readonly previous: Server;
  readonly planned: Planned;
  readonly motion: Motion;
}

/**
 * Begins a transition to another host, releases quota no longer needed, and binds the ports there.
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
  // an injected failure changes nothing
  const hasFailed = motion.action !== (planned.action ?? action);
  const current = hasFailed ? previous : { ...previous, ...planned.changes };
  const freed = excess(reservedBy(previous), reservedBy(current));
  if (!isNoResources(freed)) await servers.releaseQuota(previous.project, freed, call.now);
  if (current.host !== previous.host) await bindPorts(records, previous, current.host);
  return { previous, planned, motion };
}

/** Stores the migration's record; true if it will fail. */
export async function beginMigration(
  call: MigrationCall,
  environment: Environment,
  action: Parameters<Servers["transitionWith"]>[2],
  plan: (server: Server) => Promise<PlannedMigration>,
): Promise<boolean> {
  const { planned, motion } = await applyMigration(call, environment, action, plan);
  const { migration } = planned;
  // an injected delay changes the motion
  await environment
    .backend()
    .records.put(migrations, String(migration.id), { ...migration, motion });
  return ruleOf(motion.action).failureOf !== undefined;
}
