import { operation } from "../../http/operation.ts";
import { type Metadata, metadataSchema } from "../metadata.ts";
import { changeSnapshot, getSnapshot } from "../repositories/snapshots.ts";
import { projectScopeOf } from "../request.ts";

export const mergeSnapshotMetadata = operation({
  id: "volume/merge-snapshot-metadata",
  service: "volume",
  route: "POST /snapshots/{snapshot_id}/metadata",
  access: { rule: "volume:update_snapshot_metadata", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "ok",
  body: metadataSchema,
  async run(call, environment) {
    const { records } = environment.backend();
    const found = await getSnapshot(records, projectScopeOf(call), call.path.snapshot_id, call.now);
    const changed = await changeSnapshot(records, found, call.now, (was) => ({
      ...was,
      metadata: { ...was.metadata, ...(call.body.metadata as Metadata) },
    }));
    return { metadata: changed.snapshot.metadata };
  },
});
