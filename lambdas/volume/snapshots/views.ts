import { orNull, toIsoMicros } from "../../core/times.ts";
import type { ListEntry } from "../list-engine.ts";
import type { SnapshotOfVolume } from "../model/volume.ts";
import type { VolumeCall } from "../request.ts";

/** cinder/api/views/snapshots.py. */
const snapshotSummaryView = ({ volume, snapshot }: SnapshotOfVolume) => ({
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

/** The view after create and update (cinder/api/v3/views/snapshots.py). */
export const snapshotDetailView = (
  { microversion: version }: VolumeCall,
  found: SnapshotOfVolume,
) => ({
  ...snapshotSummaryView(found),
  ...(version >= 14 && { group_snapshot_id: null }),
  ...(version >= 41 && { user_id: found.snapshot.user }),
  ...(version >= 65 && { consumes_quota: true }),
});

/** With the members of cinder/api/contrib/extended_snapshot_attributes.py. */
export const snapshotFullView = (call: VolumeCall, found: SnapshotOfVolume) => ({
  ...snapshotDetailView(call, found),
  "os-extended-snapshot-attributes:progress": found.snapshot.status === "creating" ? "0%" : "100%",
  "os-extended-snapshot-attributes:project_id": found.volume.project_id,
});

export const snapshotEntry = (
  call: VolumeCall,
  found: SnapshotOfVolume,
  isFull: boolean,
): ListEntry => ({
  fields: {
    ...snapshotDetailView({ ...call, microversion: 65 }, found),
    id: found.snapshot.id,
    project_id: found.volume.project_id,
    availability_zone: found.volume.zone,
  },
  view: isFull ? snapshotFullView(call, found) : snapshotSummaryView(found),
});

export const snapshotList = (path: string) =>
  ({
    name: "snapshots",
    path,
    resource: "snapshot",
    filters: ["name", "status", "volume_id", "metadata", "availability_zone", "consumes_quota"],
  }) as const;
