import type { Instant } from "../../core/instant.ts";
import type { ScheduledChange } from "./scheduled-change.ts";

/** cinder/objects/fields.py VolumeStatus, as far as anything leads there. */
export const volumeStatuses = [
  ...["creating", "available", "deleting", "error", "error_deleting", "attaching", "detaching"],
  ...["in-use", "reserved", "extending", "error_extending", "retyping", "uploading", "maintenance"],
  ...["downloading", "awaiting-transfer", "backing-up", "restoring-backup", "error_restoring"],
  ...["error_backing-up", "error_managing", "managing"],
] as const;

/** What a volume is besides where it is going. */
export interface VolumeState {
  readonly status: string;
  /** GiB. */
  readonly size: number;
  readonly type: VolumeTypeName;
  readonly multiattach: boolean;
  readonly ties: readonly Attachment[];
}

/** What it keeps of its type, so that showing it reads one item. */
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
  /** null where nobody has said. */
  readonly readonly: boolean | null;
  readonly snapshot: string | null;
  readonly source: string | null;
  /** What is known of the image in it (volume_image_metadata). */
  readonly image: Readonly<Record<string, string>> | null;
  readonly snapshots: readonly Snapshot[];
  readonly created: Instant;
  readonly updated: Instant | null;
  readonly motion: ScheduledChange<Partial<VolumeState>> | null;
}

/** The one zone there is. */
export const zone = "nova";

/** `host@backend#pool`: where everything is, as far as anybody can tell. */
export const pool = "novaless-1@lvmdriver-1#lvmdriver-1";

/** Kept inside its volume, so that none is made of one that is being deleted, nor the reverse. */
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

/** A snapshot, and what it is of. */
export interface SnapshotOfVolume {
  readonly volume: Volume;
  readonly snapshot: Snapshot;
}

/** What holds a volume to a server: Cinder's attachment. */
export interface Attachment {
  readonly id: string;
  readonly status: "reserved" | "attaching" | "attached";
  readonly server: string | null;
  readonly host: string | null;
  readonly device: string | null;
  readonly mode: "rw" | "ro" | null;
  /** What the attaching host has said of itself. */
  readonly connector: Readonly<Record<string, unknown>> | null;
  readonly attached: Instant | null;
}
