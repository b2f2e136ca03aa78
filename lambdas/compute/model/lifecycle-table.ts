import type { Rule } from "./lifecycle-rule.ts";
import { moves } from "./lifecycle-table-moves.ts";
import { vmStates } from "./states.ts";

const anything = vmStates.filter((state) => state !== "deleted");
const settled = anything.filter((state) => state !== "building");

// nova/compute/manager.py:2236 _do_build_and_run_instance; task_states.py:32
const building = [
  { task: "scheduling", takes: 100 },
  { task: "networking", takes: 200 },
  { task: "block_device_mapping", takes: 100 },
  { task: "spawning", takes: 600 },
] as const;

/** One row per action; the comment names the line of Nova (at 00a03040) the row mirrors. */
export const rules = {
  ...moves,
  create: { from: [], legs: building, to: "active" },
  // nova/conductor/manager.py:1790: no host is found, and it never has one
  createUnplaced: {
    from: [],
    fails: "create",
    legs: [{ task: "scheduling", takes: 100 }],
    to: "error",
  },
  // nova/compute/manager.py:2440: it could not be built on any
  createFailed: { from: [], fails: "create", legs: building, to: "error" },
  // nova/compute/api.py:2875
  start: {
    from: ["stopped"],
    needsHost: true,
    boots: true,
    legs: [{ task: "powering-on", takes: 1_000 }],
    to: "active",
  },
  // nova/compute/api.py:2866
  stop: {
    from: ["active", "error"],
    needsHost: true,
    legs: [{ task: "powering-off", takes: 1_000 }],
    to: "stopped",
  },
  // nova/compute/api.py:3640, vm_states.py:70
  softReboot: {
    from: ["active"],
    boots: true,
    legs: [
      { task: "rebooting", takes: 300 },
      { task: "reboot_pending", takes: 200 },
      { task: "reboot_started", takes: 500 },
    ],
    to: "active",
  },
  // nova/compute/api.py:3656, vm_states.py:73, task_states.py:120
  hardReboot: {
    from: ["active", "stopped", "paused", "suspended", "error"],
    cuts: [
      "rebooting",
      "reboot_pending",
      "reboot_started",
      "rebooting_hard",
      "resuming",
      "unpausing",
      "pausing",
      "suspending",
    ],
    boots: true,
    legs: [{ task: "rebooting_hard", takes: 1_000 }],
    to: "active",
  },
  // nova/compute/api.py:4825, 4833
  pause: { from: ["active"], legs: [{ task: "pausing", takes: 500 }], to: "paused" },
  unpause: { from: ["paused"], legs: [{ task: "unpausing", takes: 500 }], to: "active" },
  // nova/compute/api.py:4861, 4870
  suspend: { from: ["active"], legs: [{ task: "suspending", takes: 1_000 }], to: "suspended" },
  resume: { from: ["suspended"], legs: [{ task: "resuming", takes: 1_000 }], to: "active" },
  // nova/compute/api.py:4883, 4948
  rescue: {
    from: ["active", "stopped", "error"],
    boots: true,
    legs: [{ task: "rescuing", takes: 1_000 }],
    to: "rescued",
  },
  unrescue: {
    from: ["rescued"],
    boots: true,
    legs: [{ task: "unrescuing", takes: 1_000 }],
    to: "active",
  },
  // nova/compute/api.py:4959
  changePassword: {
    from: ["active"],
    legs: [{ task: "updating_password", takes: 500 }],
    to: "same",
  },
  // nova/compute/api.py:5895 (os-resetState); where what runs is a delete, that goes on here
  resetToActive: {
    from: anything,
    cuts: "any but deleting",
    unlaunched: true,
    overLock: true,
    legs: [],
    to: "active",
  },
  resetToError: {
    from: anything,
    cuts: "any but deleting",
    unlaunched: true,
    overLock: true,
    legs: [],
    to: "error",
  },
  // nova/compute/api.py:2790, 2814, where a server that is deleted can be restored
  softDelete: {
    from: settled,
    cuts: "any but deleting",
    legs: [{ task: "soft-deleting", takes: 500 }],
    to: "soft-delete",
  },
  restore: {
    from: ["soft-delete"],
    boots: true,
    legs: [{ task: "restoring", takes: 500 }],
    to: "active",
  },
  // nova/compute/api.py:2378, whatever the state and the task; again while deleting it is a no-op
  delete: {
    from: anything,
    cuts: "any but deleting",
    unlaunched: true,
    revokes: true,
    legs: [{ task: "deleting", takes: 500 }],
    to: "deleted",
  },
} as const satisfies Record<string, Rule>;
