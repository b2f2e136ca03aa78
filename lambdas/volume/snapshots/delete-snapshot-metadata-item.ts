import { operation } from "../../http/operation.ts";
import { without } from "../metadata.ts";
import { changeSnapshot, getSnapshot } from "../repositories/snapshots.ts";
import { reachOf } from "../request.ts";

export const deleteSnapshotMetadataItem = operation({
  id: "volume/delete-snapshot-metadata-item",
  service: "volume",
  route: "DELETE /snapshots/{snapshot_id}/metadata/{key}",
  access: { rule: "volume:delete_snapshot_metadata", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "noContent",
  async run(call, world) {
    const { records } = world.backend();
    const found = await getSnapshot(records, reachOf(call), call.path.snapshot_id, call.now);
    await changeSnapshot(records, found, call.now, (was) => ({
      ...was,
      metadata: without(was.metadata, call.path.key, { what: "Snapshot", id: was.id }),
    }));
    return undefined;
  },
});
