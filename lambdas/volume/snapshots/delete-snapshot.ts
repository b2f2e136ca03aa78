import { operation } from "../../http/operation.ts";
import { changeSnapshot, getSnapshot } from "../repositories/snapshots.ts";
import { reachOf } from "../request.ts";
import { deletingSnapshot } from "./begin-delete.ts";

export const deleteSnapshot = operation({
  id: "volume/delete-snapshot",
  service: "volume",
  route: "DELETE /snapshots/{snapshot_id}",
  access: { rule: "volume:delete_snapshot", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "accepted",
  async run(call, world) {
    const { records } = world.backend();
    const taken = await getSnapshot(records, reachOf(call), call.path.snapshot_id, call.now);
    await changeSnapshot(records, taken, call.now, (was) => deletingSnapshot(was, false, call.now));
    return undefined;
  },
});
