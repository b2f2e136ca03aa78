import { operation } from "../../http/operation.ts";
import { beginDelete } from "../../volume/model/volume-changes.ts";
import { changeVolume, getVolume } from "../../volume/repositories/volumes.ts";
import { projectScopeOf } from "../../volume/request.ts";

export const deleteProxiedVolume = operation({
  id: "compute/delete-proxied-volume",
  service: "compute",
  route: "DELETE /os-volumes/{volume_id}",
  access: { rule: "os_compute_api:os-volumes:delete", role: "member" },
  versions: { until: 35 },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "accepted",
  async run(call, environment) {
    const { records } = environment.backend();
    const volume = await getVolume(records, projectScopeOf(call), call.path.volume_id, call.now);
    await changeVolume(records, volume, call.now, (was) =>
      beginDelete(was, { cascade: false, force: false }, call.now),
    );
    return undefined;
  },
});
