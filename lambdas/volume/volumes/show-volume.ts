import { operation } from "../../http/operation.ts";
import { getVolume } from "../repositories/volumes.ts";
import { projectScopeOf } from "../request.ts";
import { volumeFullView } from "./views.ts";

export const showVolume = operation({
  id: "volume/show-volume",
  service: "volume",
  route: "GET /volumes/{volume_id}",
  access: { rule: "volume:get", role: "reader" },
  dynamoCalls: ["GetItem", "Query"],
  answer: "ok",
  async run(call, environment) {
    const { records } = environment.backend();
    const volume = await getVolume(records, projectScopeOf(call), call.path.volume_id, call.now);
    return { volume: volumeFullView(call, volume) };
  },
});
