import { operation } from "../../http/operation.ts";
import type { Metadata } from "../metadata.ts";
import { changeVolume, getVolume } from "../repositories/volumes.ts";
import { projectScopeOf } from "../request.ts";
import { closedObject, metadataField, singleMember } from "../schema-fields.ts";

/** cinder/api/contrib/volume_image_metadata.py. */
export const setVolumeImageMetadata = operation({
  id: "volume/set-volume-image-metadata",
  service: "volume",
  route: "POST /volumes/{volume_id}/action",
  action: "os-set_image_metadata",
  access: { rule: "volume_extension:volume_image_metadata:set", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "ok",
  body: singleMember(
    "os-set_image_metadata",
    closedObject({ metadata: metadataField }, ["metadata"]),
  ),
  async run(call, environment) {
    const { records } = environment.backend();
    const found = await getVolume(records, projectScopeOf(call), call.path.volume_id, call.now);
    const items = call.body["os-set_image_metadata"].metadata as Metadata;
    const { image } = await changeVolume(records, found, call.now, (was) => ({
      ...was,
      image: { ...was.image, ...items },
    }));
    return { metadata: image };
  },
});
