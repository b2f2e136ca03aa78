import { operation } from "../../http/operation.ts";
import { removeMetadataItem } from "../metadata.ts";
import { changeSnapshot, getSnapshot } from "../repositories/snapshots.ts";
import { projectScopeOf } from "../request.ts";

export const deleteSnapshotMetadataItem = operation({
  id: "volume/delete-snapshot-metadata-item",
  service: "volume",
  route: "DELETE /snapshots/{snapshot_id}/metadata/{key}",
  access: { rule: "volume:delete_snapshot_metadata", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "noContent",
  async run(call, environment) {
    const { records } = environment.backend();
    const found = await getSnapshot(records, projectScopeOf(call), call.path.snapshot_id, call.now);
    await changeSnapshot(records, found, call.now, (was) => ({
      ...was,
      metadata: removeMetadataItem(was.metadata, call.path.key, { what: "Snapshot", id: was.id }),
    }));
    return undefined;
  },
});
