import { operation } from "../../http/operation.ts";
import { beginSnapshotDelete } from "../model/volume-changes.ts";
import { changeSnapshot, getSnapshot } from "../repositories/snapshots.ts";
import { projectScopeOf } from "../request.ts";

export const deleteSnapshot = operation({
  id: "volume/delete-snapshot",
  service: "volume",
  route: "DELETE /snapshots/{snapshot_id}",
  access: { rule: "volume:delete_snapshot", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "accepted",
  async run(call, environment) {
    const { records } = environment.backend();
    const found = await getSnapshot(records, projectScopeOf(call), call.path.snapshot_id, call.now);
    await changeSnapshot(records, found, call.now, (was) =>
      beginSnapshotDelete(was, false, call.now),
    );
    return undefined;
  },
});
