import { operation } from "../../http/operation.ts";
import { getMetadataValue } from "../metadata.ts";
import { getSnapshot } from "../repositories/snapshots.ts";
import { projectScopeOf } from "../request.ts";

export const showSnapshotMetadataItem = operation({
  id: "volume/show-snapshot-metadata-item",
  service: "volume",
  route: "GET /snapshots/{snapshot_id}/metadata/{key}",
  access: { rule: "volume:get_snapshot_metadata", role: "reader" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, environment) {
    const { records } = environment.backend();
    const found = await getSnapshot(records, projectScopeOf(call), call.path.snapshot_id, call.now);
    return {
      meta: {
        [call.path.key]: getMetadataValue(found.snapshot.metadata, call.path.key, {
          what: "Snapshot",
          id: found.snapshot.id,
        }),
      },
    };
  },
});
