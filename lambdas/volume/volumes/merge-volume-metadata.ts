import { operation } from "../../http/operation.ts";
import { type Metadata, metadataSchema } from "../metadata.ts";
import { changeVolume, getVolume } from "../repositories/volumes.ts";
import { projectScopeOf } from "../request.ts";

export const mergeVolumeMetadata = operation({
  id: "volume/merge-volume-metadata",
  service: "volume",
  route: "POST /volumes/{volume_id}/metadata",
  access: { rule: "volume:update_volume_metadata", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "ok",
  body: metadataSchema,
  async run(call, environment) {
    const { records } = environment.backend();
    const found = await getVolume(records, projectScopeOf(call), call.path.volume_id, call.now);
    const changed = await changeVolume(records, found, call.now, (was) => ({
      ...was,
      metadata: { ...was.metadata, ...(call.body.metadata as Metadata) },
    }));
    return { metadata: changed.metadata };
  },
});
