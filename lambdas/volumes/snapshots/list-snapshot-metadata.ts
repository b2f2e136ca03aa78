import { snapshotWith } from "../../domain/volume/snapshots.ts";
import { operation } from "../../http/operation.ts";
import { reachOf } from "../asking.ts";

export const listSnapshotMetadata = operation({
  id: "volumes/snapshots/list-snapshot-metadata",
  service: "volume",
  route: "GET /snapshots/{snapshot_id}/metadata",
  access: { rule: "volume:get_snapshot_metadata", role: "reader" },
  calls: ["Query"],
  answer: "document",
  async run(call, world) {
    const { records } = world.backend();
    const found = await snapshotWith(records, reachOf(call), call.path.snapshot_id, call.now);
    return { metadata: found.snapshot.metadata };
  },
});
