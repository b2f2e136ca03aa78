import { badRequest } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import { invalidInput, invalidVolume, joinOr } from "./attachment.ts";
import { delayMs, statesAt } from "./scheduled-change.ts";
import type { Snapshot, Volume } from "./volume.ts";
import { isMultiattach, type VolumeType } from "./volume-type.ts";

const deletableStatuses = [
  "available",
  "error",
  "error_restoring",
  "error_extending",
  "error_managing",
];

/** cinder/volume/api.py:414 delete. */
export function beginDelete(
  was: Volume,
  { cascade, force }: { readonly cascade: boolean; readonly force: boolean },
  now: Instant,
): Volume {
  const snapshots = statesAt(was.snapshots, now);
  const isDeletable =
    (force || deletableStatuses.includes(was.status)) &&
    !was.ties.some(({ status }) => status === "attached") &&
    (cascade
      ? force ||
        snapshots.every(({ status }) => ["available", "error", "deleting"].includes(status))
      : snapshots.length === 0);
  if (!isDeletable)
    throw invalidVolume(
      `Volume ${force ? "" : `status must be ${joinOr(deletableStatuses)} and `}must not be migrating, attached, belong to a group, have snapshots, awaiting a transfer, or be disassociated from snapshots after volume transfer.`,
    );
  return {
    ...was,
    status: "deleting",
    updated: now,
    motion: { due: now + delayMs, becoming: "gone" },
  };
}

/** cinder/volume/api.py:1551 _extend. */
export function beginExtend(
  was: Volume,
  size: number,
  isInUseAllowed: boolean,
  now: Instant,
): Volume {
  if (size <= was.size)
    throw invalidInput(
      `New size for extend must be greater than current size. (current: ${was.size}, extended: ${size}).`,
    );
  const from = isInUseAllowed && was.status === "in-use" ? "in-use" : "available";
  if (was.status !== from)
    throw invalidVolume(
      `Volume ${was.id} status must be '{'status': '${from}'}' to extend, currently ${was.status}.`,
    );
  return {
    ...was,
    status: "extending",
    updated: now,
    motion: { due: now + delayMs, becoming: { status: from, size } },
  };
}

/** cinder/volume/api.py:1880 retype. */
export function beginRetype(was: Volume, type: VolumeType, now: Instant): Volume {
  const multiattach = isMultiattach(type);
  if (multiattach !== was.multiattach && was.status !== "available")
    throw invalidInput(
      `Invalid volume_type passed, retypes affecting multiattach are only allowed on available volumes, the specified volume however currently has a status of: ${was.status}.`,
    );
  if (!["available", "in-use"].includes(was.status) || was.type.id === type.id)
    throw invalidVolume(
      "Retype needs volume to be in available or in-use state, not be part of an active migration or a consistency group, requested type has to be different that the one from the volume, and for in-use volumes front-end qos specs cannot change.",
    );
  const { id, name } = type;
  return {
    ...was,
    status: "retyping",
    updated: now,
    motion: {
      due: now + delayMs,
      becoming: { status: was.status, type: { id, name }, multiattach },
    },
  };
}

/** cinder/volume/api.py:1480 copy_volume_to_image. */
export function beginUpload(was: Volume, force: boolean, now: Instant): Volume {
  const from = force ? ["available", "in-use"] : ["available"];
  if (!from.includes(was.status))
    throw invalidVolume(`Volume ${was.id} status must be ${joinOr(from)}`);
  return {
    ...was,
    status: "uploading",
    updated: now,
    motion: { due: now + delayMs, becoming: { status: was.status } },
  };
}

/** cinder/volume/api.py:980 create_snapshot_in_db. */
export function addSnapshot(was: Volume, snapshot: Snapshot, isInUseAllowed: boolean): Volume {
  if (was.status === "error")
    throw invalidVolume("The snapshot cannot be created when the volume is in error status.");
  const from = isInUseAllowed ? ["available", "in-use"] : ["available"];
  if (!from.includes(was.status))
    throw invalidVolume(
      `Volume ${was.id} status must be ${from.join(", ")}, but current status is: ${was.status}.`,
    );
  return { ...was, snapshots: [...was.snapshots, snapshot] };
}

const deletableSnapshotStatuses = ["available", "error"];

/** cinder/volume/api.py:1225 delete_snapshot. */
export function beginSnapshotDelete(was: Snapshot, force: boolean, now: Instant): Snapshot {
  if (!force && !deletableSnapshotStatuses.includes(was.status))
    throw badRequest(
      `Invalid snapshot: Snapshot status must be ${joinOr(deletableSnapshotStatuses)} and must not be part of a group.`,
    );
  return {
    ...was,
    status: "deleting",
    updated: now,
    motion: { due: now + delayMs, becoming: "gone" },
  };
}
