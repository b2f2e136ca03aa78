import { randomUUID } from "node:crypto";
import type { Instant } from "../../core/instant.ts";
import type { ProjectScope } from "../../core/project-scope.ts";
import type { Records } from "../../ports/records.ts";
import { delayMs } from "../model/scheduled-change.ts";
import type { Snapshot, SnapshotOfVolume } from "../model/volume.ts";
import { addSnapshot } from "../model/volume-changes.ts";
import { assertVolumeQuota, getVolumeLimits, getVolumeUsage } from "../repositories/quotas.ts";
import { changeVolume, getVolume } from "../repositories/volumes.ts";

interface SnapshotRequest {
  readonly volume: string;
  readonly user: string;
  readonly name: string | null;
  readonly description: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly isInUseAllowed: boolean;
  readonly now: Instant;
}

/** Throws `no-such`, `malformed` or `denied` (quota). @calls GetItem, Query, PutItem */
export async function takeSnapshot(
  records: Records,
  scope: ProjectScope,
  { volume: id, user, name, description, metadata, isInUseAllowed, now }: SnapshotRequest,
): Promise<SnapshotOfVolume> {
  const volume = await getVolume(records, scope, id, now);
  const snapshot: Snapshot = {
    ...{ id: randomUUID(), user, name, description, size: volume.size, metadata },
    status: "creating",
    created: now,
    updated: null,
    motion: { due: now + delayMs, becoming: { status: "available" } },
  };
  addSnapshot(volume, snapshot, isInUseAllowed);
  const limits = await getVolumeLimits(records, volume.project_id);
  const used = await getVolumeUsage(records, volume.project_id, now);
  assertVolumeQuota(limits, used, "snapshots", volume.size);
  const changed = await changeVolume(records, volume, now, (was) =>
    addSnapshot(was, snapshot, isInUseAllowed),
  );
  return { volume: changed, snapshot };
}
