import { randomUUID } from "node:crypto";
import type { Instant } from "../../core/instant.ts";
import type { Reach } from "../../core/project-scope.ts";
import type { Records } from "../../ports/records.ts";
import { takes } from "../model/scheduled-change.ts";
import type { Snapshot, Taken } from "../model/volume.ts";
import { snapshotted } from "../model/volume-changes.ts";
import { limitsOf, refuseExcess, usedBy } from "../repositories/quotas.ts";
import { changeVolume, volumeWith } from "../repositories/volumes.ts";

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
  reach: Reach,
  { volume: id, user, name, description, metadata, inUse, now }: Taking,
): Promise<Taken> {
  const volume = await volumeWith(records, reach, id, now);
  const snapshot: Snapshot = {
    ...{ id: randomUUID(), user, name, description, size: volume.size, metadata },
    status: "creating",
    created: now,
    updated: null,
    motion: { due: now + takes, becoming: { status: "available" } },
  };
  snapshotted(volume, snapshot, inUse);
  const limits = await limitsOf(records, volume.project_id);
  const used = await usedBy(records, volume.project_id, now);
  refuseExcess(limits, used, "snapshots", volume.size);
  const changed = await changeVolume(records, volume, now, (was) =>
    snapshotted(was, snapshot, inUse),
  );
  return { volume: changed, snapshot };
}
