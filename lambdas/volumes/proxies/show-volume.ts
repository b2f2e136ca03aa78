import { volumeWith } from "../../domain/volume/volumes.ts";
import { operation } from "../../http/operation.ts";
import { reachOf } from "../asking.ts";
import { volumeShown } from "./shown.ts";

export const showProxiedVolume = operation({
  id: "volumes/proxies/show-volume",
  service: "compute",
  route: "GET /os-volumes/{volume_id}",
  access: { rule: "os_compute_api:os-volumes:show", role: "reader" },
  versions: { until: 35 },
  calls: ["GetItem", "Query"],
  answer: "document",
  async run(call, world) {
    const { records } = world.backend();
    const volume = await volumeWith(records, reachOf(call), call.path.volume_id, call.now);
    return { volume: volumeShown(volume) };
  },
});
