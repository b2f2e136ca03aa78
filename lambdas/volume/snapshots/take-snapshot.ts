import { randomUUID } from "node:crypto";
import type { Instant } from "../../core/instant.ts";
import type { ProjectScope } from "../../core/project-scope.ts";
import type { Records } from "../../ports/records.ts";
import { delayMs } from "../model/scheduled-change.ts";
import type { Snapshot, SnapshotOfVolume } from "../model/volume.ts";
import { addSnapshot } from "../model/volume-changes.ts";
import { assertVolumeQuota, getVolumeLimits, getVolumeUsage } from "../repositories/quotas.ts";
import { changeVolume, getVolume } from "../repositories/volumes.ts";

interface Taking {
  readonly volume: string;
  readonly user: string;
  readonly name: string | null;
  readonly description: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  /** Also of a volume that somebody has. */
  readonly inUse: boolean;
  readonly now: Instant;
}

/** Begins a snapshot of a volume, where its state and the quota let one. (GetItem, Query, PutItem) */
export async function takeSnapshot(
  records: Records,
  reach: ProjectScope,
  { volume: id, user, name, description, metadata, inUse, now }: Taking,
): Promise<SnapshotOfVolume> {
  const volume = await getVolume(records, reach, id, now);
  const snapshot: Snapshot = {
    ...{ id: randomUUID(), user, name, description, size: volume.size, metadata },
    status: "creating",
    created: now,
    updated: null,
    motion: { due: now + delayMs, becoming: { status: "available" } },
  };
  addSnapshot(volume, snapshot, inUse);
  const limits = await getVolumeLimits(records, volume.project_id);
  const used = await getVolumeUsage(records, volume.project_id, now);
  assertVolumeQuota(limits, used, "snapshots", volume.size);
  const changed = await changeVolume(records, volume, now, (was) =>
    addSnapshot(was, snapshot, inUse),
  );
  return { volume: changed, snapshot };
}
