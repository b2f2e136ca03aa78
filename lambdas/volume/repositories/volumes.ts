import type { Records } from "../../ports/backend.ts";
import { noSuch } from "../../core/fault.ts";
import type { Instant } from "../../compute/model/lifecycle.ts";
import type { Reach } from "../../network/repositories/networks.ts";
import { ownedIn } from "../../ports/project-collection.ts";
import { type Motion, seenAt, seenOf } from "../model/scheduled-change.ts";
import type { Snapshot } from "./snapshots.ts";
import type { Tie } from "../model/attachment.ts";

/** cinder/objects/fields.py VolumeStatus, as far as anything leads there. */
export const volumeStatuses = [
  ...["creating", "available", "deleting", "error", "error_deleting", "attaching", "detaching"],
  ...["in-use", "reserved", "extending", "error_extending", "retyping", "uploading", "maintenance"],
  ...["downloading", "awaiting-transfer", "backing-up", "restoring-backup", "error_restoring"],
  ...["error_backing-up", "error_managing", "managing"],
] as const;

/** What a volume is besides where it is going. */
interface Resting {
  readonly status: string;
  /** GiB. */
  readonly size: number;
  readonly type: VolumeTypeName;
  readonly multiattach: boolean;
  readonly ties: readonly Tie[];
}

/** What it keeps of its type, so that showing it reads one item. */
export interface VolumeTypeName {
  readonly id: string;
  readonly name: string;
}

export interface Volume extends Resting {
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
  readonly motion: Motion<Partial<Resting>> | null;
}

/** The one zone there is. */
export const zone = "nova";

/** `host@backend#pool`: where everything is, as far as anybody can tell. */
export const pool = "novaless-1@lvmdriver-1#lvmdriver-1";

export const volumesKind = "VOLUMES";

export const volumesIn = (records: Records) => ownedIn<Volume>(records, volumesKind);

/** (GetItem) */
export async function volumeWith(
  records: Records,
  reach: Reach,
  id: string,
  now: Instant,
): Promise<Volume> {
  const found = await volumesIn(records).withId(reach, id.toLowerCase());
  const volume = found && seenAt(found, now);
  if (!volume) throw noSuch("volume", id);
  return volume;
}

/**
 * Makes of a volume what `to` makes of what it is by now, and answers with what it was made.
 * (GetItem, PutItem)
 */
export async function changeVolume(
  records: Records,
  volume: Pick<Volume, "project_id" | "id">,
  now: Instant,
  to: (was: Volume) => Volume,
): Promise<Volume> {
  const changed = await volumesIn(records).change(volume, (kept) => {
    const was = seenAt(kept, now);
    if (!was) throw noSuch("volume", kept.id);
    const next = to(was);
    return { ...next, snapshots: seenOf(next.snapshots, now) };
  });
  if (!changed) throw noSuch("volume", volume.id);
  return changed;
}
