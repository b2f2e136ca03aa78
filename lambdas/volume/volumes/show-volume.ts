import { operation } from "../../http/operation.ts";
import { getVolume } from "../repositories/volumes.ts";
import { reachOf } from "../request.ts";
import { inFull } from "./volume.ts";

export const showVolume = operation({
  id: "volume/show-volume",
  service: "volume",
  route: "GET /volumes/{volume_id}",
  access: { rule: "volume:get", role: "reader" },
  dynamoCalls: ["GetItem", "Query"],
  answer: "ok",
  async run(call, world) {
    const { records } = world.backend();
    const volume = await getVolume(records, reachOf(call), call.path.volume_id, call.now);
    return { volume: inFull(call, volume) };
  },
});
