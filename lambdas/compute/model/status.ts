import type { TaskState, VmState } from "./lifecycle.ts";

// nova/api/openstack/common.py:42
const statusByState: Record<VmState, string> = {
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

const rebuildStatuses = {
  rebuilding: "REBUILD",
  rebuild_block_device_mapping: "REBUILD",
  rebuild_spawning: "REBUILD",
};

const resizeStatuses = {
  resize_prep: "RESIZE",
  resize_migrating: "RESIZE",
  resize_migrated: "RESIZE",
  resize_finish: "RESIZE",
};

const statusByTask: Partial<Record<VmState, Partial<Record<TaskState, string>>>> = {
  active: {
    rebooting: "REBOOT",
    reboot_pending: "REBOOT",
    reboot_started: "REBOOT",
    rebooting_hard: "HARD_REBOOT",
    updating_password: "PASSWORD",
    migrating: "MIGRATING",
    ...rebuildStatuses,
    ...resizeStatuses,
  },
  stopped: { ...resizeStatuses, ...rebuildStatuses },
  resized: { resize_reverting: "REVERT_RESIZE" },
  paused: { migrating: "MIGRATING" },
  error: rebuildStatuses,
};

/** `tasks` is null for any task. */
export interface ServerStates {
  readonly vms: ReadonlySet<VmState>;
  readonly tasks: ReadonlySet<TaskState> | null;
}

/**
 * Returns null for unknown statuses. Nova combines all states with all tasks, so ACTIVE also
 * matches rebooting servers (nova/api/openstack/common.py:119 task_and_vm_state_from_status).
 */
export function findStates(requested: readonly string[]): ServerStates | null {
  const wanted = new Set(requested.map((status) => status.toUpperCase()));
  const vms = new Set<VmState>();
  const tasks = new Set<TaskState>();
  let includesIdle = false;
  for (const [vm, status] of Object.entries(statusByState) as [VmState, string][]) {
    if (wanted.has(status)) {
      vms.add(vm);
      includesIdle = true;
    }
    for (const [task, taskStatus] of Object.entries(statusByTask[vm] ?? {}) as [
      TaskState,
      string,
    ][])
      if (wanted.has(taskStatus)) {
        vms.add(vm);
        tasks.add(task);
      }
  }
  return vms.size === 0 ? null : { vms, tasks: includesIdle ? null : tasks };
}

/** Power transitions keep the status (E-04). */
export const statusOf = ({ vm, task }: { vm: VmState; task: TaskState | null }): string =>
  (task && statusByTask[vm]?.[task]) ?? statusByState[vm];

// nova/api/openstack/compute/views/servers.py:52
const progressStatuses = new Set([
  "ACTIVE",
  "BUILD",
  "REBUILD",
  "RESIZE",
  "VERIFY_RESIZE",
  "MIGRATING",
]);

export const showsProgress = (status: string): boolean => progressStatuses.has(status);

/** nova/api/openstack/compute/views/servers.py:61. */
export const showsFault = (status: string): boolean => status === "ERROR" || status === "DELETED";
