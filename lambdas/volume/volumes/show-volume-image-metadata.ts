import { operation } from "../../http/operation.ts";
import { getVolume } from "../repositories/volumes.ts";
import { projectScopeOf } from "../request.ts";
import { singleMember } from "../schema-fields.ts";

export const showVolumeImageMetadata = operation({
  id: "volume/show-volume-image-metadata",
  service: "volume",
  route: "POST /volumes/{volume_id}/action",
  action: "os-show_image_metadata",
  access: { rule: "volume_extension:volume_image_metadata:show", role: "member" },
  dynamoCalls: ["GetItem", "Query"],
  answer: "ok",
  body: singleMember("os-show_image_metadata", {}),
  async run(call, environment) {
    const { records } = environment.backend();
    const { image } = await getVolume(records, projectScopeOf(call), call.path.volume_id, call.now);
    return { metadata: image ?? {} };
  },
});
