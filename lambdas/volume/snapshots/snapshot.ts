import { orNull, toIsoMicros } from "../../core/times.ts";
import type { Entry } from "../list-engine.ts";
import type { SnapshotOfVolume } from "../model/volume.ts";
import type { Asking } from "../request.ts";

/** cinder/api/views/snapshots.py. */
const briefly = ({ volume, snapshot }: SnapshotOfVolume) => ({
  id: snapshot.id,
  created_at: toIsoMicros(snapshot.created),
  updated_at: orNull(toIsoMicros)(snapshot.updated),
  name: snapshot.name,
  description: snapshot.description,
  volume_id: volume.id,
  status: snapshot.status,
  size: snapshot.size,
  metadata: snapshot.metadata,
});

/** What create and update answer with (cinder/api/v3/views/snapshots.py). */
export const inDetail = ({ microversion: version }: Asking, taken: SnapshotOfVolume) => ({
  ...briefly(taken),
  ...(version >= 14 && { group_snapshot_id: null }),
  ...(version >= 41 && { user_id: taken.snapshot.user }),
  ...(version >= 65 && { consumes_quota: true }),
});

/** With what an extension adds. */
export const inFull = (asking: Asking, taken: SnapshotOfVolume) => ({
  ...inDetail(asking, taken),
  "os-extended-snapshot-attributes:progress": taken.snapshot.status === "creating" ? "0%" : "100%",
  "os-extended-snapshot-attributes:project_id": taken.volume.project_id,
});

export const snapshotEntry = (asking: Asking, taken: SnapshotOfVolume, isFull: boolean): Entry => ({
  facts: {
    ...inDetail({ ...asking, microversion: 65 }, taken),
    id: taken.snapshot.id,
    project_id: taken.volume.project_id,
    availability_zone: taken.volume.zone,
  },
  shown: isFull ? inFull(asking, taken) : briefly(taken),
});

export const snapshotList = (at: string) =>
  ({
    of: "snapshots",
    at,
    thing: "snapshot",
    filters: ["name", "status", "volume_id", "metadata", "availability_zone", "consumes_quota"],
  }) as const;
