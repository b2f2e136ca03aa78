import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type Action,
  beginMotion,
  requestedActionOf,
  ruleOf,
} from "../../lambdas/compute/model/lifecycle.ts";
import {
  isInProgress,
  type Migration,
  type MigrationType,
  markCancelled,
  statusAt,
} from "../../lambdas/compute/model/migration.ts";

const startedAt = 1_000_000;

const types: Partial<Record<Action, MigrationType>> = {
  resize: "resize",
  migrate: "migration",
  liveMigrate: "live-migration",
  evacuate: "evacuation",
  evacuateOff: "evacuation",
};

const movingActions = (
  [
    ...["resize", "resizeUnplaced", "resizeFailed", "migrate", "migrateUnplaced", "liveMigrate"],
    ...["liveMigrateUnplaced", "liveMigrateRefused", "evacuate", "evacuateOff", "evacuateUnplaced"],
  ] as Action[]
).map((action) => ({ action, type: types[requestedActionOf(action)] as MigrationType }));

const anyMigration = fc
  .record({ move: fc.constantFrom(...movingActions), from: fc.constantFrom("active", "stopped") })
  .map(({ move: { action, type }, from }): Migration => {
    const rest = { action: "create", from: "building", to: from, due: 0 } as const;
    return {
      ...{ id: 1, uuid: "", server: "", user: "", project: "", source: "novaless-1" },
      ...{ destination: "novaless-2", oldFlavor: "1", newFlavor: "2", ended: null },
      ...{ type, created: startedAt, motion: beginMotion(action, rest, startedAt) },
    };
  });

const instant = fc.integer({ min: 0, max: 3_000 }).map((after) => startedAt + after);

const finalStatuses = {
  resize: "finished",
  migration: "finished",
  "live-migration": "completed",
  evacuation: "done",
};

test("property: a migration ends with its motion, and reports when its status began", () => {
  fc.assert(
    fc.property(anyMigration, instant, (migration, now) => {
      const { status, since } = statusAt(migration, now);
      const { motion, type } = migration;
      const end = ruleOf(motion.action).failureOf ? "error" : finalStatuses[type];
      expect(now >= motion.due).toBe(status === end);
      expect(since).toBeLessThanOrEqual(now);
      expect(since).toBeGreaterThanOrEqual(startedAt);
      expect(statusAt(migration, since)).toEqual({ status, since });
      if (since > startedAt) expect(statusAt(migration, since - 1).status).not.toBe(status);
    }),
  );
});

test("property: deleting a server ends its migration for good", () => {
  const over = ["confirmed", "cancelled", "completed", "done", "error"];
  fc.assert(
    fc.property(anyMigration, instant, instant, (migration, now, later) => {
      const left = markCancelled(migration, now);
      const at = Math.max(now, later);
      expect(over).toContain(statusAt(left, at).status);
      expect(isInProgress(left, at)).toBe(false);
      expect(markCancelled(left, at)).toEqual(left);
    }),
  );
});
