import type { TaskState, VmState } from "./lifecycle.ts";

// nova/api/openstack/common.py:42
const statuses: Record<VmState, string> = {
  building: "BUILD",
  active: "ACTIVE",
  paused: "PAUSED",
  suspended: "SUSPENDED",
  stopped: "SHUTOFF",
  rescued: "RESCUE",
  resized: "VERIFY_RESIZE",
  "soft-delete": "SOFT_DELETED",
  shelved: "SHELVED",
  shelved_offloaded: "SHELVED_OFFLOADED",
  error: "ERROR",
  deleted: "DELETED",
};

const rebuilding = {
  rebuilding: "REBUILD",
  rebuild_block_device_mapping: "REBUILD",
  rebuild_spawning: "REBUILD",
};

const resizing = {
  resize_prep: "RESIZE",
  resize_migrating: "RESIZE",
  resize_migrated: "RESIZE",
  resize_finish: "RESIZE",
};

const underway: Partial<Record<VmState, Partial<Record<TaskState, string>>>> = {
  active: {
    rebooting: "REBOOT",
    reboot_pending: "REBOOT",
    reboot_started: "REBOOT",
    rebooting_hard: "HARD_REBOOT",
    updating_password: "PASSWORD",
    migrating: "MIGRATING",
    ...rebuilding,
    ...resizing,
  },
  stopped: { ...resizing, ...rebuilding },
  resized: { resize_reverting: "REVERT_RESIZE" },
  paused: { migrating: "MIGRATING" },
  error: rebuilding,
};

const known = new Set([
  ...Object.values(statuses),
  ...Object.values(underway).flatMap((tasks) => Object.values(tasks)),
]);

/** Whether a server can be in it at all. */
export const isStatus = (status: string): boolean => known.has(status);

/** Power transitions do not show in it (E-04). */
export const statusOf = ({ vm, task }: { vm: VmState; task: TaskState | null }): string =>
  (task && underway[vm]?.[task]) ?? statuses[vm];

// nova/api/openstack/compute/views/servers.py:52
const progressing = new Set(["ACTIVE", "BUILD", "REBUILD", "RESIZE", "VERIFY_RESIZE", "MIGRATING"]);

export const showsProgress = (status: string): boolean => progressing.has(status);
