import type { Rule } from "./lifecycle-rule.ts";
import { vmStates } from "./states.ts";

const moving = [
  { task: "resize_prep", takes: 200 },
  { task: "resize_migrating", takes: 300 },
  { task: "resize_migrated", takes: 200 },
  { task: "resize_finish", takes: 300 },
] as const;

const rebuilding = [
  { task: "rebuilding", takes: 300 },
  { task: "rebuild_block_device_mapping", takes: 200 },
  { task: "rebuild_spawning", takes: 500 },
] as const;

const uploading = [
  { task: "image_pending_upload", takes: 100 },
  { task: "image_uploading", takes: 500 },
] as const;

const imaging = [
  { task: "image_snapshot_pending", takes: 100 },
  { task: "image_snapshot", takes: 300 },
  ...uploading,
] as const;

/** It comes up first, and is put out then (nova/compute/manager.py:4255). */
const poweringOff = [{ task: "powering-off", takes: 500, vm: "active" }] as const;

const movable = ["active", "stopped"] as const;
const rebuildable = ["active", "stopped", "error"] as const;
const imaged = ["active", "stopped", "paused", "suspended"] as const;

/** What makes a server another one: of another flavor, image or host, or none. */
export const moves = {
  // nova/compute/api.py:4289; what it was before is the motion's `from` while it is resized. It is shut
  // down where it was, and comes up where it goes (nova/virt/libvirt/driver.py:12778, 13000)
  resize: { from: movable, boots: true, legs: moving, to: "resized" },
  migrate: { from: movable, boots: true, legs: moving, to: "resized" },
  // nova/conductor/manager.py:400: it stays what and where it is
  resizeUnplaced: { from: movable, fails: "resize", legs: moving.slice(0, 1), to: "same" },
  migrateUnplaced: { from: movable, fails: "migrate", legs: moving.slice(0, 1), to: "same" },
  // nova/compute/manager.py:6723, 7029 _error_out_instance_on_exception
  resizeFailed: { from: movable, fails: "resize", legs: moving, to: "error" },
  migrateFailed: { from: movable, fails: "migrate", legs: moving, to: "error" },
  // nova/compute/api.py:4111, manager.py:5477: no task is seen
  confirmResize: { from: ["resized"], legs: [], to: "power" },
  // nova/compute/api.py:4000
  revertResize: {
    from: ["resized"],
    boots: true,
    legs: [{ task: "resize_reverting", takes: 1_000 }],
    to: "power",
    thenOff: poweringOff,
  },
  // nova/compute/api.py:3682
  rebuild: {
    from: rebuildable,
    boots: true,
    legs: rebuilding,
    to: "power",
    thenOff: poweringOff,
  },
  rebuildFailed: { from: rebuildable, fails: "rebuild", legs: rebuilding, to: "error" },
  // nova/compute/api.py:5574
  liveMigrate: {
    from: ["active", "paused"],
    revokes: true,
    legs: [{ task: "migrating", takes: 1_000 }],
    to: "same",
  },
  liveMigrateUnplaced: {
    from: ["active", "paused"],
    fails: "liveMigrate",
    legs: [{ task: "migrating", takes: 200 }],
    to: "same",
  },
  // nova/api/openstack/compute/migrate_server.py:112: up to 2.33 whoever asks waits for that
  liveMigrateRefused: {
    from: ["active", "paused"],
    fails: "liveMigrate",
    legs: [],
    to: "same",
  },
  // nova/compute/api.py:5671, whatever it is that migrates
  abortLiveMigration: {
    from: vmStates.filter((state) => state !== "deleted"),
    cuts: ["migrating"],
    amid: true,
    legs: [],
    to: "same",
  },
  // nova/compute/api.py:5639
  forceLiveMigration: {
    from: ["active"],
    cuts: ["migrating"],
    amid: true,
    legs: [],
    to: "same",
  },
  // nova/compute/api.py:5705; from 2.95 on it is left off (manager.py:3900)
  evacuate: {
    from: rebuildable,
    cuts: "any but deleting",
    overLock: true,
    boots: true,
    revokes: true,
    legs: rebuilding,
    to: "power",
    thenOff: poweringOff,
  },
  evacuateOff: {
    from: rebuildable,
    cuts: "any but deleting",
    overLock: true,
    revokes: true,
    legs: rebuilding,
    to: "stopped",
  },
  // nova/conductor/manager.py:1371: unlike any other move that finds no host
  evacuateUnplaced: {
    from: rebuildable,
    cuts: "any but deleting",
    overLock: true,
    fails: "evacuate",
    legs: rebuilding.slice(0, 1),
    to: "error",
  },
  // nova/compute/api.py:3300 snapshot; the image goes its own way (lambdas/compute/model/snapshot-image.ts)
  createImage: { from: imaged, overLock: true, legs: imaging, to: "same" },
  // nova/compute/api.py:3400; the upload is a snapshot's (manager.py:4553, libvirt/driver.py:3369)
  createBackup: {
    from: imaged,
    overLock: true,
    legs: [{ task: "image_backup", takes: 400 }, ...uploading],
    to: "same",
  },
  // nova/compute/api.py:4544, manager.py:7180; nova/conf/compute.py:1205 shelved_offload_time 0
  shelve: {
    from: imaged,
    legs: [
      { task: "shelving", takes: 200 },
      { task: "shelving_image_pending_upload", takes: 100 },
      { task: "shelving_image_uploading", takes: 400 },
      { task: "shelving_offloading", takes: 300, vm: "shelved" },
    ],
    to: "shelved_offloaded",
  },
  // nova/compute/api.py:4584
  shelveOffload: {
    from: ["shelved"],
    legs: [{ task: "shelving_offloading", takes: 300 }],
    to: "shelved_offloaded",
  },
  // nova/compute/api.py:4704, manager.py:7400; what a token opens was on the host it has left
  unshelve: {
    from: ["shelved", "shelved_offloaded"],
    boots: true,
    revokes: true,
    legs: [
      { task: "unshelving", takes: 300 },
      { task: "spawning", takes: 700 },
    ],
    to: "active",
  },
  // nova/conductor/manager.py:1010: no host is found
  unshelveUnplaced: {
    from: ["shelved", "shelved_offloaded"],
    fails: "unshelve",
    legs: [{ task: "unshelving", takes: 300 }],
    to: "same",
  },
  // nova/conductor/manager.py:1040: the image it was put away as is not there any more
  unshelveFailed: {
    from: ["shelved", "shelved_offloaded"],
    fails: "unshelve",
    legs: [{ task: "unshelving", takes: 300 }],
    to: "error",
  },
} as const satisfies Record<string, Rule>;
