import type { Instant } from "../../core/instant.ts";
import { type Motion, ruleOf, taskStartsAt } from "./lifecycle.ts";
import type { TaskState } from "./states.ts";
/** nova/objects/fields.py MigrationType. */
export type MigrationType = "resize" | "migration" | "live-migration" | "evacuation";

/** A move between hosts; its progress follows from its motion. */
export interface Migration {
  readonly id: number;
  readonly uuid: string;
  readonly server: string;
  /** The caller. */
  readonly user: string;
  readonly project: string;
  readonly type: MigrationType;
  readonly source: string;
  /** null where the scheduler found none. */
  readonly destination: string | null;
  readonly oldFlavor: string | null;
  readonly newFlavor: string | null;
  readonly motion: Motion;
  readonly created: Instant;
  /** null unless a request ended it. */
  readonly ended: MigrationEnd | null;
}

export interface MigrationEnd {
  readonly as: "confirmed" | "reverted" | "completed" | "cancelled" | "error";
  readonly asked: Instant;
  readonly at: Instant;
}

/**
 * Replaces Nova's counter by an increasing number; `suffix` (0 to 999) separates those of one
 * instant.
 */
export const migrationId = (now: Instant, suffix: number): number => now * 1_000 + suffix;

/** The preparation of a live migration. */
const preparationMs = 200;

// nova/compute/manager.py:6580, 6629, 6679, 6971; rebuild_claim
const inProgressStages: Partial<Record<TaskState, string>> = {
  resize_prep: "pre-migrating",
  resize_migrating: "migrating",
  resize_migrated: "post-migrating",
  resize_finish: "post-migrating",
  migrating: "preparing",
  rebuilding: "accepted",
  rebuild_block_device_mapping: "pre-migrating",
};

const settledStages: Record<MigrationType, string> = {
  resize: "finished",
  migration: "finished",
  "live-migration": "completed",
  evacuation: "done",
};

interface MigrationStatus {
  readonly status: string;
  readonly since: Instant;
}

function statusTimeline({ type, motion, ended }: Migration): MigrationStatus[] {
  const { legs, failureOf } = ruleOf(motion.action);
  const taskStages = legs.flatMap(({ task }) => {
    const status = inProgressStages[task];
    return status === undefined ? [] : [{ status, since: taskStartsAt(task, motion) }];
  });
  const [first] = taskStages;
  const stages = [
    ...taskStages,
    ...(first?.status === "preparing" && !failureOf
      ? [{ status: "running", since: first.since + preparationMs }]
      : []),
    { status: failureOf ? "error" : settledStages[type], since: motion.due },
  ];
  if (!ended) return stages;
  return [
    ...stages.filter(({ since }) => since <= ended.asked),
    ...(ended.as === "reverted" ? [{ status: "reverting", since: ended.asked }] : []),
    { status: ended.as, since: ended.at },
  ];
}

export function statusAt(migration: Migration, now: Instant): MigrationStatus {
  const reached = statusTimeline(migration).filter(({ since }) => since <= now);
  const status = reached.at(-1)?.status ?? "accepted";
  const since = reached.findLast((_, i) => reached[i - 1]?.status !== status)?.since;
  return { status, since: since ?? migration.created };
}

/** nova/api/openstack/compute/server_migrations.py:170. */
const inProgressStatuses = ["queued", "preparing", "running", "post-migrating"];

export const isInProgress = (migration: Migration, now: Instant): boolean =>
  migration.type === "live-migration" &&
  inProgressStatuses.includes(statusAt(migration, now).status);

/** Ends the migration of a deleted server; a finished resize is confirmed (E-07). */
export function markCancelled(migration: Migration, now: Instant): Migration {
  const { status } = statusAt(migration, now);
  if (migration.ended || ["completed", "done", "error"].includes(status)) return migration;
  const interruptedStatus = migration.type === "live-migration" ? "cancelled" : "error";
  const endStatus = status === "finished" ? "confirmed" : interruptedStatus;
  return { ...migration, ended: { as: endStatus, asked: now, at: now } };
}
