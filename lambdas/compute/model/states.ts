/** nova/objects/fields.py InstanceState. */
export const vmStates = [
  "building",
  "active",
  "paused",
  "suspended",
  "stopped",
  "rescued",
  "resized",
  "soft-delete",
  "shelved",
  "shelved_offloaded",
  "error",
  "deleted",
] as const;

export type VmState = (typeof vmStates)[number];

/** The visible subset of nova/compute/task_states.py. */
export type TaskState =
  | "scheduling"
  | "networking"
  | "block_device_mapping"
  | "spawning"
  | "powering-on"
  | "powering-off"
  | "rebooting"
  | "reboot_pending"
  | "reboot_started"
  | "rebooting_hard"
  | "pausing"
  | "unpausing"
  | "suspending"
  | "resuming"
  | "rescuing"
  | "unrescuing"
  | "resize_prep"
  | "resize_migrating"
  | "resize_migrated"
  | "resize_finish"
  | "resize_reverting"
  | "rebuilding"
  | "rebuild_block_device_mapping"
  | "rebuild_spawning"
  | "image_snapshot_pending"
  | "image_snapshot"
  | "image_pending_upload"
  | "image_uploading"
  | "image_backup"
  | "updating_password"
  | "shelving"
  | "shelving_image_pending_upload"
  | "shelving_image_uploading"
  | "shelving_offloading"
  | "unshelving"
  | "migrating"
  | "soft-deleting"
  | "restoring"
  | "deleting";
