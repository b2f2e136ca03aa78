import { operation } from "../../http/operation.ts";
import { metadataItemSchema, parseMetadataItem } from "../metadata.ts";
import { changeVolume, getVolume } from "../repositories/volumes.ts";
import { projectScopeOf } from "../request.ts";

export const setVolumeMetadataItem = operation({
  id: "volume/set-volume-metadata-item",
  service: "volume",
  route: "PUT /volumes/{volume_id}/metadata/{key}",
  access: { rule: "volume:update_volume_metadata", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "ok",
  body: metadataItemSchema,
  async run(call, environment) {
    const { records } = environment.backend();
    const item = parseMetadataItem(call.body, call.path.key);
    const found = await getVolume(records, projectScopeOf(call), call.path.volume_id, call.now);
    await changeVolume(records, found, call.now, (was) => ({
      ...was,
      metadata: { ...was.metadata, ...item },
    }));
    return { meta: item };
  },
});
