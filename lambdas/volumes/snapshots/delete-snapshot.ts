import { changeSnapshot, snapshotWith } from "../../domain/volume/snapshots.ts";
import { operation } from "../../http/operation.ts";
import { reachOf } from "../asking.ts";
import { deletingSnapshot } from "./deleting.ts";

export const deleteSnapshot = operation({
  id: "volumes/snapshots/delete-snapshot",
  service: "volume",
  route: "DELETE /snapshots/{snapshot_id}",
  access: { rule: "volume:delete_snapshot", role: "member" },
  calls: ["GetItem", "Query", "PutItem"],
  answer: "accepted",
  async run(call, world) {
    const { records } = world.backend();
    const taken = await snapshotWith(records, reachOf(call), call.path.snapshot_id, call.now);
    await changeSnapshot(records, taken, call.now, (was) => deletingSnapshot(was, false, call.now));
    return undefined;
  },
});
