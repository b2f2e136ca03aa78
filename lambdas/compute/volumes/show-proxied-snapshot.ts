import { operation } from "../../http/operation.ts";
import { getSnapshot } from "../../volume/repositories/snapshots.ts";
import { projectScopeOf } from "../../volume/request.ts";
import { snapshotShown } from "./proxy-views.ts";

export const showProxiedSnapshot = operation({
  id: "compute/show-proxied-snapshot",
  service: "compute",
  route: "GET /os-snapshots/{snapshot_id}",
  access: { rule: "os_compute_api:os-volumes:snapshots:show", role: "reader" },
  versions: { until: 35 },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, environment) {
    const { records } = environment.backend();
    const taken = await getSnapshot(records, projectScopeOf(call), call.path.snapshot_id, call.now);
    return { snapshot: snapshotShown(taken) };
  },
});
