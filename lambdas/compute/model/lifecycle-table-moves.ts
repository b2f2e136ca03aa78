import type { Rule } from "./lifecycle-rule.ts";
import { vmStates } from "./states.ts";

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

/** Actions that change flavor, image or host. */
export const moveRules = {
  // nova/compute/api.py:4289; `from` keeps the earlier state. The guest stops on the old host and
  // boots on the new one (nova/virt/libvirt/driver.py:12778, 13000)
  resize: { from: resizableStates, bootsGuest: true, legs: resizeLegs, to: "resized" },
  migrate: { from: resizableStates, bootsGuest: true, legs: resizeLegs, to: "resized" },
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
  confirmResize: { from: ["resized"], legs: [], to: "power" },
  // nova/compute/api.py:4000
  revertResize: {
    from: ["resized"],
    bootsGuest: true,
    legs: [{ task: "resize_reverting", durationMs: 1_000 }],
    to: "power",
    powerOffLegs: powerOffLegs,
  },
  // nova/compute/api.py:3682
  rebuild: {
    from: rebuildableStates,
    bootsGuest: true,
    legs: rebuildLegs,
    to: "power",
    powerOffLegs: powerOffLegs,
  },
  rebuildFailed: { from: rebuildableStates, failureOf: "rebuild", legs: rebuildLegs, to: "error" },
  // nova/compute/api.py:5574
  liveMigrate: {
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
    from: vmStates.filter((state) => state !== "deleted"),
    interrupts: ["migrating"],
    requiresTask: true,
    legs: [],
    to: "same",
  },
  // nova/compute/api.py:5639
  forceLiveMigration: {
    from: ["active"],
    interrupts: ["migrating"],
    requiresTask: true,
    legs: [],
    to: "same",
  },
  // nova/compute/api.py:5705; before 2.95 the server is powered on (nova/compute/manager.py:3900)
  evacuate: {
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
  createImage: { from: snapshotStates, ignoresLock: true, legs: snapshotLegs, to: "same" },
  // nova/compute/api.py:3400; uploads as a snapshot (nova/compute/manager.py:4553,
  // nova/virt/libvirt/driver.py:3369)
  createBackup: {
    from: snapshotStates,
    ignoresLock: true,
    legs: [{ task: "image_backup", durationMs: 400 }, ...uploadLegs],
    to: "same",
  },
  // nova/compute/api.py:4544, nova/compute/manager.py:7180; shelved_offload_time is 0
  // (nova/conf/compute.py:1205)
  shelve: {
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
    from: ["shelved"],
    legs: [{ task: "shelving_offloading", durationMs: 300 }],
    to: "shelved_offloaded",
  },
  // nova/compute/api.py:4704, nova/compute/manager.py:7400; console grants name the old host
  unshelve: {
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
} as const satisfies Record<string, Rule>;
