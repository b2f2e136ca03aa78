import type { Rule } from "./lifecycle-rule.ts";
import { moveRules } from "./lifecycle-table-moves.ts";
import { vmStates } from "./states.ts";

const undeletedStates = vmStates.filter((state) => state !== "deleted");
const builtStates = undeletedStates.filter((state) => state !== "building");

// nova/compute/manager.py:2236 _do_build_and_run_instance, nova/compute/task_states.py:32
const buildLegs = [
  { task: "scheduling", durationMs: 100 },
  { task: "networking", durationMs: 200 },
  { task: "block_device_mapping", durationMs: 100 },
  { task: "spawning", durationMs: 600 },
] as const;

/** One row per action, with its source in Nova. */
export const rules = {
  ...moveRules,
  create: { from: [], legs: buildLegs, to: "active" },
  // nova/conductor/manager.py:1790: no host
  createUnplaced: {
    from: [],
    failureOf: "create",
    legs: [{ task: "scheduling", durationMs: 100 }],
    to: "error",
  },
  // nova/compute/manager.py:2440: every host failed
  createFailed: { from: [], failureOf: "create", legs: buildLegs, to: "error" },
  // nova/compute/api.py:2875
  start: {
    from: ["stopped"],
    needsHost: true,
    bootsGuest: true,
    legs: [{ task: "powering-on", durationMs: 1_000 }],
    to: "active",
  },
  // nova/compute/api.py:2866
  stop: {
    from: ["active", "error"],
    needsHost: true,
    legs: [{ task: "powering-off", durationMs: 1_000 }],
    to: "stopped",
  },
  // nova/compute/api.py:3640, nova/compute/vm_states.py:70
  softReboot: {
    from: ["active"],
    bootsGuest: true,
    legs: [
      { task: "rebooting", durationMs: 300 },
      { task: "reboot_pending", durationMs: 200 },
      { task: "reboot_started", durationMs: 500 },
    ],
    to: "active",
  },
  // nova/compute/api.py:3656, nova/compute/vm_states.py:73, nova/compute/task_states.py:120
  hardReboot: {
    from: ["active", "stopped", "paused", "suspended", "error"],
    interrupts: [
      "rebooting",
      "reboot_pending",
      "reboot_started",
      "rebooting_hard",
      "resuming",
      "unpausing",
      "pausing",
      "suspending",
    ],
    bootsGuest: true,
    legs: [{ task: "rebooting_hard", durationMs: 1_000 }],
    to: "active",
  },
  // nova/compute/api.py:4825, 4833
  pause: { from: ["active"], legs: [{ task: "pausing", durationMs: 500 }], to: "paused" },
  unpause: { from: ["paused"], legs: [{ task: "unpausing", durationMs: 500 }], to: "active" },
  // nova/compute/api.py:4861, 4870
  suspend: { from: ["active"], legs: [{ task: "suspending", durationMs: 1_000 }], to: "suspended" },
  resume: { from: ["suspended"], legs: [{ task: "resuming", durationMs: 1_000 }], to: "active" },
  // nova/compute/api.py:4883, 4948
  rescue: {
    from: ["active", "stopped", "error"],
    bootsGuest: true,
    legs: [{ task: "rescuing", durationMs: 1_000 }],
    to: "rescued",
  },
  unrescue: {
    from: ["rescued"],
    bootsGuest: true,
    legs: [{ task: "unrescuing", durationMs: 1_000 }],
    to: "active",
  },
  // nova/compute/api.py:4959
  changePassword: {
    from: ["active"],
    legs: [{ task: "updating_password", durationMs: 500 }],
    to: "same",
  },
  // nova/compute/api.py:5895; a running delete continues
  resetToActive: {
    from: undeletedStates,
    interrupts: "any but deleting",
    allowsUnlaunched: true,
    ignoresLock: true,
    legs: [],
    to: "active",
  },
  resetToError: {
    from: undeletedStates,
    interrupts: "any but deleting",
    allowsUnlaunched: true,
    ignoresLock: true,
    legs: [],
    to: "error",
  },
  // nova/compute/api.py:2790, 2814, with deferred delete
  softDelete: {
    from: builtStates,
    interrupts: "any but deleting",
    legs: [{ task: "soft-deleting", durationMs: 500 }],
    to: "soft-delete",
  },
  restore: {
    from: ["soft-delete"],
    bootsGuest: true,
    legs: [{ task: "restoring", durationMs: 500 }],
    to: "active",
  },
  // nova/compute/api.py:2378; a second delete changes nothing
  delete: {
    from: undeletedStates,
    interrupts: "any but deleting",
    allowsUnlaunched: true,
    revokesConsoles: true,
    legs: [{ task: "deleting", durationMs: 500 }],
    to: "deleted",
  },
} as const satisfies Record<string, Rule>;
