import { operation } from "../../http/operation.ts";
import { getVolume } from "../../volume/repositories/volumes.ts";
import { projectScopeOf } from "../../volume/request.ts";
import { volumeShown } from "./proxy-views.ts";

export const showProxiedVolume = operation({
  id: "compute/show-proxied-volume",
  service: "compute",
  route: "GET /os-volumes/{volume_id}",
  access: { rule: "os_compute_api:os-volumes:show", role: "reader" },
  versions: { until: 35 },
  dynamoCalls: ["GetItem", "Query"],
  answer: "ok",
  async run(call, environment) {
    const { records } = environment.backend();
    const volume = await getVolume(records, projectScopeOf(call), call.path.volume_id, call.now);
    return { volume: volumeShown(volume) };
  },
});
