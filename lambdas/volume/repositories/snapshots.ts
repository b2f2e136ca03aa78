import type { Records } from "../../ports/backend.ts";
import { noSuch } from "../../core/fault.ts";
import type { Instant } from "../../compute/model/lifecycle.ts";
import type { Reach } from "../../network/repositories/networks.ts";
import { type Motion, seenOf } from "../model/scheduled-change.ts";
import { changeVolume, type Volume, volumesIn } from "./volumes.ts";

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
  readonly motion: Motion<{ readonly status: string }> | null;
}

/** A snapshot, and what it is of. */
export interface Taken {
  readonly volume: Volume;
  readonly snapshot: Snapshot;
}

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
