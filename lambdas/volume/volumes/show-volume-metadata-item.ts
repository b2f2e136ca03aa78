import { operation } from "../../http/operation.ts";
import { getMetadataValue } from "../metadata.ts";
import { getVolume } from "../repositories/volumes.ts";
import { projectScopeOf } from "../request.ts";

export const showVolumeMetadataItem = operation({
  id: "volume/show-volume-metadata-item",
  service: "volume",
  route: "GET /volumes/{volume_id}/metadata/{key}",
  access: { rule: "volume:get_volume_metadata", role: "reader" },
  dynamoCalls: ["GetItem", "Query"],
  answer: "ok",
  async run(call, environment) {
    const { records } = environment.backend();
    const found = await getVolume(records, projectScopeOf(call), call.path.volume_id, call.now);
    return {
      meta: {
        [call.path.key]: getMetadataValue(found.metadata, call.path.key, {
          what: "Volume",
          id: found.id,
        }),
      },
    };
  },
});
