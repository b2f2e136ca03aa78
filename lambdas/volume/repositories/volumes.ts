import { noSuch } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Reach } from "../../core/project-scope.ts";
import { ownedIn } from "../../ports/project-collection.ts";
import type { Records } from "../../ports/records.ts";
import { seenAt, seenOf } from "../model/scheduled-change.ts";
import type { Volume } from "../model/volume.ts";

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
