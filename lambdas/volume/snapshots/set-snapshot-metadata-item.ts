import { operation } from "../../http/operation.ts";
import { metadataItemSchema, parseMetadataItem } from "../metadata.ts";
import { changeSnapshot, getSnapshot } from "../repositories/snapshots.ts";
import { projectScopeOf } from "../request.ts";

export const setSnapshotMetadataItem = operation({
  id: "volume/set-snapshot-metadata-item",
  service: "volume",
  route: "PUT /snapshots/{snapshot_id}/metadata/{key}",
  access: { rule: "volume:update_snapshot_metadata", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "ok",
  body: metadataItemSchema,
  async run(call, environment) {
    const { records } = environment.backend();
    const item = parseMetadataItem(call.body, call.path.key);
    const found = await getSnapshot(records, projectScopeOf(call), call.path.snapshot_id, call.now);
    await changeSnapshot(records, found, call.now, (was) => ({
      ...was,
      metadata: { ...was.metadata, ...item },
    }));
    return { meta: item };
  },
});
