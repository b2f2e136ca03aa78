import { operation } from "../../http/operation.ts";
import { beginSnapshotDelete } from "../../volume/model/volume-changes.ts";
import { changeSnapshot, getSnapshot } from "../../volume/repositories/snapshots.ts";
import { projectScopeOf } from "../../volume/request.ts";

export const deleteProxiedSnapshot = operation({
  id: "compute/delete-proxied-snapshot",
  service: "compute",
  route: "DELETE /os-snapshots/{snapshot_id}",
  access: { rule: "os_compute_api:os-volumes:snapshots:delete", role: "member" },
  versions: { until: 35 },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "accepted",
  async run(call, environment) {
    const { records } = environment.backend();
    const taken = await getSnapshot(records, projectScopeOf(call), call.path.snapshot_id, call.now);
    await changeSnapshot(records, taken, call.now, (was) =>
      beginSnapshotDelete(was, false, call.now),
    );
    return undefined;
  },
});
