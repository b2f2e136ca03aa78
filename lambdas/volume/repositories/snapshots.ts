import { noSuch } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Reach } from "../../core/project-scope.ts";
import type { Records } from "../../ports/records.ts";
import { seenOf } from "../model/scheduled-change.ts";
import type { Snapshot, Taken } from "../model/volume.ts";
import { changeVolume, volumesIn } from "./volumes.ts";

/** (Query) */
export async function allSnapshots(records: Records, reach: Reach, now: Instant): Promise<Taken[]> {
  const volumes = seenOf(await volumesIn(records).all(reach), now);
  return volumes.flatMap((volume) =>
    seenOf(volume.snapshots, now).map((snapshot) => ({ volume, snapshot })),
  );
}

/** (Query) */
export async function snapshotWith(
  records: Records,
  reach: Reach,
  id: string,
  now: Instant,
): Promise<Taken> {
  const all = await allSnapshots(records, reach, now);
  const found = all.find(({ snapshot }) => snapshot.id === id.toLowerCase());
  if (!found) throw noSuch("snapshot", id);
  return found;
}

/** (GetItem, PutItem) */
export async function changeSnapshot(
  records: Records,
  { volume, snapshot: { id } }: Taken,
  now: Instant,
  to: (was: Snapshot) => Snapshot,
): Promise<Taken> {
  const changed = await changeVolume(records, volume, now, (was) => {
    const snapshots = seenOf(was.snapshots, now);
    if (!snapshots.some((one) => one.id === id)) throw noSuch("snapshot", id);
    return { ...was, snapshots: snapshots.map((one) => (one.id === id ? to(one) : one)) };
  });
  const snapshot = changed.snapshots.find((one) => one.id === id);
  if (!snapshot) throw noSuch("snapshot", id);
  return { volume: changed, snapshot };
}
