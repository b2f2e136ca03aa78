import { notFound } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { ProjectScope } from "../../core/project-scope.ts";
import type { Records } from "../../ports/records.ts";
import { statesAt } from "../model/scheduled-change.ts";
import type { Snapshot, SnapshotOfVolume } from "../model/volume.ts";
import { changeVolume, volumesIn } from "./volumes.ts";

/** @calls Query */
export async function allSnapshots(
  records: Records,
  scope: ProjectScope,
  now: Instant,
): Promise<SnapshotOfVolume[]> {
  const volumes = statesAt(await volumesIn(records).all(scope), now);
  return volumes.flatMap((volume) =>
    statesAt(volume.snapshots, now).map((snapshot) => ({ volume, snapshot })),
  );
}

/** @calls Query */
export async function getSnapshot(
  records: Records,
  scope: ProjectScope,
  id: string,
  now: Instant,
): Promise<SnapshotOfVolume> {
  const all = await allSnapshots(records, scope, now);
  const found = all.find(({ snapshot }) => snapshot.id === id.toLowerCase());
  if (!found) throw notFound("snapshot", id);
  return found;
}

/** Throws `no-such`. @calls GetItem, PutItem */
export async function changeSnapshot(
  records: Records,
  { volume, snapshot: { id } }: SnapshotOfVolume,
  now: Instant,
  change: (was: Snapshot) => Snapshot,
): Promise<SnapshotOfVolume> {
  const changed = await changeVolume(records, volume, now, (was) => {
    const snapshots = statesAt(was.snapshots, now);
    if (!snapshots.some((one) => one.id === id)) throw notFound("snapshot", id);
    return { ...was, snapshots: snapshots.map((one) => (one.id === id ? change(one) : one)) };
  });
  const snapshot = changed.snapshots.find((one) => one.id === id);
  if (!snapshot) throw notFound("snapshot", id);
  return { volume: changed, snapshot };
}
