import { operation } from "../../http/operation.ts";
import { removeMetadataItem } from "../metadata.ts";
import { changeVolume, getVolume } from "../repositories/volumes.ts";
import { projectScopeOf } from "../request.ts";

export const deleteVolumeMetadataItem = operation({
  id: "volume/delete-volume-metadata-item",
  service: "volume",
  route: "DELETE /volumes/{volume_id}/metadata/{key}",
  access: { rule: "volume:delete_volume_metadata", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "noContent",
  async run(call, environment) {
    const { records } = environment.backend();
    const found = await getVolume(records, projectScopeOf(call), call.path.volume_id, call.now);
    await changeVolume(records, found, call.now, (was) => ({
      ...was,
      metadata: removeMetadataItem(was.metadata, call.path.key, { what: "Volume", id: was.id }),
    }));
    return undefined;
  },
});
