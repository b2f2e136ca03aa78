import type { Instant } from "../../core/instant.ts";
import type { ScheduledChange } from "./scheduled-change.ts";

/** cinder/objects/fields.py VolumeStatus. */
export const volumeStatuses = [
  ...["creating", "available", "deleting", "error", "error_deleting", "attaching", "detaching"],
  ...["in-use", "reserved", "extending", "error_extending", "retyping", "uploading", "maintenance"],
  ...["downloading", "awaiting-transfer", "backing-up", "restoring-backup", "error_restoring"],
  ...["error_backing-up", "error_managing", "managing"],
] as const;

export interface VolumeState {
  readonly status: string;
  /** GiB. */
  readonly size: number;
  readonly type: VolumeTypeName;
  readonly multiattach: boolean;
  readonly ties: readonly Attachment[];
}

/** A copy of the type's names, so that showing a volume reads one item. */
export interface VolumeTypeName {
  readonly id: string;
  readonly name: string;
}

export interface Volume extends VolumeState {
  readonly id: string;
  readonly project_id: string;
  readonly user: string;
  readonly name: string | null;
  readonly description: string | null;
  readonly zone: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly bootable: boolean;
  /** null: never set. */
  readonly readonly: boolean | null;
  readonly snapshot: string | null;
  readonly source: string | null;
  readonly image: Readonly<Record<string, string>> | null;
  readonly snapshots: readonly Snapshot[];
  readonly created: Instant;
  readonly updated: Instant | null;
  readonly motion: ScheduledChange<Partial<VolumeState>> | null;
}

export const zone = "nova";

/** `host@backend#pool` of every volume. */
export const pool = "novaless-1@lvmdriver-1#lvmdriver-1";

/** cinder/objects/fields.py SnapshotStatus. */
export const snapshotStatuses = [
  "error",
  "available",
  "creating",
  "deleting",
  "error_deleting",
] as const;

/** Stored in its volume's item, so that deleting the volume and taking a snapshot exclude each other. */
export interface Snapshot {
  readonly id: string;
  readonly user: string;
  readonly name: string | null;
  readonly description: string | null;
  /** GiB. */
  readonly size: number;
  readonly metadata: Readonly<Record<string, string>>;
  readonly status: string;
  readonly created: Instant;
  readonly updated: Instant | null;
  readonly motion: ScheduledChange<{ readonly status: string }> | null;
}

export interface SnapshotOfVolume {
  readonly volume: Volume;
  readonly snapshot: Snapshot;
}

/** cinder/objects/volume_attachment.py. */
export interface Attachment {
  readonly id: string;
  readonly status: "reserved" | "attaching" | "attached";
  readonly server: string | null;
  readonly host: string | null;
  readonly device: string | null;
  readonly mode: "rw" | "ro" | null;
  readonly connector: Readonly<Record<string, unknown>> | null;
  readonly attached: Instant | null;
}

export interface AttachmentOfVolume {
  readonly volume: Volume;
  readonly attachment: Attachment;
}
