import { operation } from "../../http/operation.ts";
import { getSnapshot } from "../repositories/snapshots.ts";
import { projectScopeOf } from "../request.ts";

export const listSnapshotMetadata = operation({
  id: "volume/list-snapshot-metadata",
  service: "volume",
  route: "GET /snapshots/{snapshot_id}/metadata",
  access: { rule: "volume:get_snapshot_metadata", role: "reader" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, environment) {
    const { records } = environment.backend();
    const found = await getSnapshot(records, projectScopeOf(call), call.path.snapshot_id, call.now);
    return { metadata: found.snapshot.metadata };
  },
});
