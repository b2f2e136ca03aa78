import type { FailureRule, RequestedRule } from "./lifecycle-rule.ts";
import { vmStates } from "./states.ts";

const undeletedStates = vmStates.filter((state) => state !== "deleted");
const builtStates = undeletedStates.filter((state) => state !== "building");

// nova/compute/manager.py:2472 _do_build_and_run_instance, nova/compute/task_states.py:32
const buildLegs = [
  { task: "scheduling", durationMs: 100 },
  { task: "networking", durationMs: 200 },
  { task: "block_device_mapping", durationMs: 100 },
  { task: "spawning", durationMs: 600 },
] as const;

const resizeLegs = [
  { task: "resize_prep", durationMs: 200 },
  { task: "resize_migrating", durationMs: 300 },
  { task: "resize_migrated", durationMs: 200 },
  { task: "resize_finish", durationMs: 300 },
] as const;

const rebuildLegs = [
  { task: "rebuilding", durationMs: 300 },
  { task: "rebuild_block_device_mapping", durationMs: 200 },
  { task: "rebuild_spawning", durationMs: 500 },
] as const;

const uploadLegs = [
  { task: "image_pending_upload", durationMs: 100 },
  { task: "image_uploading", durationMs: 500 },
] as const;

const snapshotLegs = [
  { task: "image_snapshot_pending", durationMs: 100 },
  { task: "image_snapshot", durationMs: 300 },
  ...uploadLegs,
] as const;

/** The guest boots first and is powered off then (nova/compute/manager.py:4255). */
const powerOffLegs = [{ task: "powering-off", durationMs: 500, vm: "active" }] as const;

const resizableStates = ["active", "stopped"] as const;
const rebuildableStates = ["active", "stopped", "error"] as const;
const snapshotStates = ["active", "stopped", "paused", "suspended"] as const;

/** One row per action, with its source in Nova. Actions that change flavor, image or host are last. */
export const rules = {
  create: {
    verb: "create",
    instanceAction: "create",
    event: "compute__do_build_and_run_instance",
    from: [],
    legs: buildLegs,
    to: "active",
  },
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
    verb: "start",
    instanceAction: "start",
    event: "compute_start_instance",
    from: ["stopped"],
    needsHost: true,
    bootsGuest: true,
    legs: [{ task: "powering-on", durationMs: 1_000 }],
    to: "active",
  },
  // nova/compute/api.py:2866
  stop: {
    verb: "stop",
    instanceAction: "stop",
    event: "compute_stop_instance",
    from: ["active", "error"],
    needsHost: true,
    legs: [{ task: "powering-off", durationMs: 1_000 }],
    to: "stopped",
  },
  // nova/compute/api.py:3640, nova/compute/vm_states.py:70
  softReboot: {
    verb: "reboot",
    instanceAction: "reboot",
    event: "compute_reboot_instance",
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
    verb: "reboot",
    instanceAction: "reboot",
    event: "compute_reboot_instance",
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
  pause: {
    verb: "pause",
    instanceAction: "pause",
    event: "compute_pause_instance",
    from: ["active"],
    legs: [{ task: "pausing", durationMs: 500 }],
    to: "paused",
  },
  unpause: {
    verb: "unpause",
    instanceAction: "unpause",
    event: "compute_unpause_instance",
    from: ["paused"],
    legs: [{ task: "unpausing", durationMs: 500 }],
    to: "active",
  },
  // nova/compute/api.py:4861, 4870
  suspend: {
    verb: "suspend",
    instanceAction: "suspend",
    event: "compute_suspend_instance",
    from: ["active"],
    legs: [{ task: "suspending", durationMs: 1_000 }],
    to: "suspended",
  },
  resume: {
    verb: "resume",
    instanceAction: "resume",
    event: "compute_resume_instance",
    from: ["suspended"],
    legs: [{ task: "resuming", durationMs: 1_000 }],
    to: "active",
  },
  // nova/compute/api.py:4883, 4948
  rescue: {
    verb: "rescue",
    instanceAction: "rescue",
    event: "compute_rescue_instance",
    from: ["active", "stopped", "error"],
    bootsGuest: true,
    legs: [{ task: "rescuing", durationMs: 1_000 }],
    to: "rescued",
  },
  unrescue: {
    verb: "unrescue",
    instanceAction: "unrescue",
    event: "compute_unrescue_instance",
    from: ["rescued"],
    bootsGuest: true,
    legs: [{ task: "unrescuing", durationMs: 1_000 }],
    to: "active",
  },
  // nova/compute/api.py:4959
  changePassword: {
    verb: "changePassword",
    instanceAction: "changePassword",
    event: "compute_set_admin_password",
    from: ["active"],
    legs: [{ task: "updating_password", durationMs: 500 }],
    to: "same",
  },
  // nova/compute/api.py:5895; a running delete continues
  resetToActive: {
    verb: "resetState",
    instanceAction: "resetState",
    event: null,
    from: undeletedStates,
    interrupts: "any but deleting",
    allowsUnlaunched: true,
    ignoresLock: true,
    legs: [],
    to: "active",
  },
  resetToError: {
    verb: "resetState",
    instanceAction: "resetState",
    event: null,
    from: undeletedStates,
    interrupts: "any but deleting",
    allowsUnlaunched: true,
    ignoresLock: true,
    legs: [],
    to: "error",
  },
  // nova/compute/api.py:2790, 2814, with deferred delete
  softDelete: {
    verb: "delete",
    instanceAction: "delete",
    event: "compute_soft_delete_instance",
    from: builtStates,
    interrupts: "any but deleting",
    legs: [{ task: "soft-deleting", durationMs: 500 }],
    to: "soft-delete",
  },
  restore: {
    verb: "restore",
    instanceAction: "restore",
    event: "compute_restore_instance",
    from: ["soft-delete"],
    bootsGuest: true,
    legs: [{ task: "restoring", durationMs: 500 }],
    to: "active",
  },
  // nova/compute/api.py:2378; a second delete changes nothing
  delete: {
    verb: "delete",
    instanceAction: "delete",
    event: "compute_terminate_instance",
    from: undeletedStates,
    interrupts: "any but deleting",
    allowsUnlaunched: true,
    revokesConsoles: true,
    legs: [{ task: "deleting", durationMs: 500 }],
    to: "deleted",
  },
  // nova/compute/api.py:4289; `from` keeps the earlier state. The guest stops on the old host and
  // boots on the new one (nova/virt/libvirt/driver.py:12778, 13000)
  resize: {
    verb: "resize",
    instanceAction: "resize",
    event: "compute_finish_resize",
    from: resizableStates,
    bootsGuest: true,
    legs: resizeLegs,
    to: "resized",
  },
  migrate: {
    verb: "migrate",
    instanceAction: "migrate",
    event: "compute_finish_resize",
    from: resizableStates,
    bootsGuest: true,
    legs: resizeLegs,
    to: "resized",
  },
  // nova/conductor/manager.py:400: the server is unchanged
  resizeUnplaced: {
    from: resizableStates,
    failureOf: "resize",
    legs: resizeLegs.slice(0, 1),
    to: "same",
  },
  migrateUnplaced: {
    from: resizableStates,
    failureOf: "migrate",
    legs: resizeLegs.slice(0, 1),
    to: "same",
  },
  // nova/compute/manager.py:6723, 7029 _error_out_instance_on_exception
  resizeFailed: { from: resizableStates, failureOf: "resize", legs: resizeLegs, to: "error" },
  migrateFailed: { from: resizableStates, failureOf: "migrate", legs: resizeLegs, to: "error" },
  // nova/compute/api.py:4111, nova/compute/manager.py:5477: shows no task
  confirmResize: {
    verb: "confirmResize",
    instanceAction: "confirmResize",
    event: "compute_confirm_resize",
    from: ["resized"],
    legs: [],
    to: "power",
  },
  // nova/compute/api.py:4000
  revertResize: {
    verb: "revertResize",
    instanceAction: "revertResize",
    event: "compute_finish_revert_resize",
    from: ["resized"],
    bootsGuest: true,
    legs: [{ task: "resize_reverting", durationMs: 1_000 }],
    to: "power",
    powerOffLegs: powerOffLegs,
  },
  // nova/compute/api.py:3682
  rebuild: {
    verb: "rebuild",
    instanceAction: "rebuild",
    event: "compute_rebuild_instance",
    from: rebuildableStates,
    bootsGuest: true,
    legs: rebuildLegs,
    to: "power",
    powerOffLegs: powerOffLegs,
  },
  rebuildFailed: { from: rebuildableStates, failureOf: "rebuild", legs: rebuildLegs, to: "error" },
  // nova/compute/api.py:5574
  liveMigrate: {
    verb: "os-migrateLive",
    instanceAction: "live-migration",
    event: "compute_live_migration",
    from: ["active", "paused"],
    revokesConsoles: true,
    legs: [{ task: "migrating", durationMs: 1_000 }],
    to: "same",
  },
  liveMigrateUnplaced: {
    from: ["active", "paused"],
    failureOf: "liveMigrate",
    legs: [{ task: "migrating", durationMs: 200 }],
    to: "same",
  },
  // nova/api/openstack/compute/migrate_server.py:112: before 2.34 the request itself fails
  liveMigrateRefused: {
    from: ["active", "paused"],
    failureOf: "liveMigrate",
    legs: [],
    to: "same",
  },
  // nova/compute/api.py:5671
  abortLiveMigration: {
    verb: "abort live migration",
    instanceAction: "live_migration_cancel",
    event: "compute_live_migration_abort",
    from: vmStates.filter((state) => state !== "deleted"),
    interrupts: ["migrating"],
    requiresTask: true,
    legs: [],
    to: "same",
  },
  // nova/compute/api.py:5639
  forceLiveMigration: {
    verb: "force_complete",
    instanceAction: "live_migration_force_complete",
    event: "compute_live_migration_force_complete",
    from: ["active"],
    interrupts: ["migrating"],
    requiresTask: true,
    legs: [],
    to: "same",
  },
  // nova/compute/api.py:5705; before 2.95 the server is powered on (nova/compute/manager.py:3900)
  evacuate: {
    verb: "evacuate",
    instanceAction: "evacuate",
    event: "compute_rebuild_instance",
    from: rebuildableStates,
    interrupts: "any but deleting",
    ignoresLock: true,
    bootsGuest: true,
    revokesConsoles: true,
    legs: rebuildLegs,
    to: "power",
    powerOffLegs: powerOffLegs,
  },
  evacuateOff: {
    verb: "evacuate",
    instanceAction: "evacuate",
    event: "compute_rebuild_instance",
    from: rebuildableStates,
    interrupts: "any but deleting",
    ignoresLock: true,
    revokesConsoles: true,
    legs: rebuildLegs,
    to: "stopped",
  },
  // nova/conductor/manager.py:1371: ERROR, unlike other moves without a host
  evacuateUnplaced: {
    from: rebuildableStates,
    interrupts: "any but deleting",
    ignoresLock: true,
    failureOf: "evacuate",
    legs: rebuildLegs.slice(0, 1),
    to: "error",
  },
  // nova/compute/api.py:3300 snapshot; see snapshot-image.ts
  createImage: {
    verb: "createImage",
    instanceAction: "createImage",
    event: "compute_snapshot_instance",
    from: snapshotStates,
    ignoresLock: true,
    legs: snapshotLegs,
    to: "same",
  },
  // nova/compute/api.py:3400; uploads as a snapshot (nova/compute/manager.py:4553,
  // nova/virt/libvirt/driver.py:3369)
  createBackup: {
    verb: "createBackup",
    instanceAction: "createBackup",
    event: "compute_backup_instance",
    from: snapshotStates,
    ignoresLock: true,
    legs: [{ task: "image_backup", durationMs: 400 }, ...uploadLegs],
    to: "same",
  },
  // nova/compute/api.py:4544, nova/compute/manager.py:7180; shelved_offload_time is 0
  // (nova/conf/compute.py:1205)
  shelve: {
    verb: "shelve",
    instanceAction: "shelve",
    event: "compute_shelve_instance",
    from: snapshotStates,
    legs: [
      { task: "shelving", durationMs: 200 },
      { task: "shelving_image_pending_upload", durationMs: 100 },
      { task: "shelving_image_uploading", durationMs: 400 },
      { task: "shelving_offloading", durationMs: 300, vm: "shelved" },
    ],
    to: "shelved_offloaded",
  },
  // nova/compute/api.py:4584
  shelveOffload: {
    verb: "shelveOffload",
    instanceAction: "shelveOffload",
    event: "compute_shelve_offload_instance",
    from: ["shelved"],
    legs: [{ task: "shelving_offloading", durationMs: 300 }],
    to: "shelved_offloaded",
  },
  // nova/compute/api.py:4704, nova/compute/manager.py:7400; console grants name the old host
  unshelve: {
    verb: "unshelve",
    instanceAction: "unshelve",
    event: "compute_unshelve_instance",
    from: ["shelved", "shelved_offloaded"],
    bootsGuest: true,
    revokesConsoles: true,
    legs: [
      { task: "unshelving", durationMs: 300 },
      { task: "spawning", durationMs: 700 },
    ],
    to: "active",
  },
  // nova/conductor/manager.py:1010: no host
  unshelveUnplaced: {
    from: ["shelved", "shelved_offloaded"],
    failureOf: "unshelve",
    legs: [{ task: "unshelving", durationMs: 300 }],
    to: "same",
  },
  // nova/conductor/manager.py:1040: the shelved image is missing
  unshelveFailed: {
    from: ["shelved", "shelved_offloaded"],
    failureOf: "unshelve",
    legs: [{ task: "unshelving", durationMs: 300 }],
    to: "error",
  },
} as const satisfies Record<string, RequestedRule | FailureRule>;
