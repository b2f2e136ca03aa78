import { operation } from "../../http/operation.ts";
import { getVolume } from "../repositories/volumes.ts";
import { projectScopeOf } from "../request.ts";

export const listVolumeMetadata = operation({
  id: "volume/list-volume-metadata",
  service: "volume",
  route: "GET /volumes/{volume_id}/metadata",
  access: { rule: "volume:get_volume_metadata", role: "reader" },
  dynamoCalls: ["GetItem", "Query"],
  answer: "ok",
  async run(call, environment) {
    const { records } = environment.backend();
    const found = await getVolume(records, projectScopeOf(call), call.path.volume_id, call.now);
    return { metadata: found.metadata };
  },
});
