import { operation } from "../../http/operation.ts";
import { without } from "../metadata.ts";
import { changeVolume, getVolume } from "../repositories/volumes.ts";
import { reachOf } from "../request.ts";

export const deleteVolumeMetadataItem = operation({
  id: "volume/delete-volume-metadata-item",
  service: "volume",
  route: "DELETE /volumes/{volume_id}/metadata/{key}",
  access: { rule: "volume:delete_volume_metadata", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "noContent",
  async run(call, world) {
    const { records } = world.backend();
    const found = await getVolume(records, reachOf(call), call.path.volume_id, call.now);
    await changeVolume(records, found, call.now, (was) => ({
      ...was,
      metadata: without(was.metadata, call.path.key, { what: "Volume", id: was.id }),
    }));
    return undefined;
  },
});
