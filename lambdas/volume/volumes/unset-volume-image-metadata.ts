import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { closedObject, singleMember } from "../schema-fields.ts";
import { changingVolume } from "./changing-volume.ts";

export const unsetVolumeImageMetadata = operation({
  id: "volume/unset-volume-image-metadata",
  service: "volume",
  route: "POST /volumes/{volume_id}/action",
  action: "os-unset_image_metadata",
  access: { rule: "volume_extension:volume_image_metadata:remove", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "noContent",
  body: singleMember(
    "os-unset_image_metadata",
    closedObject({ key: { type: "string", minLength: 1, maxLength: 255 } }, ["key"]),
  ),
  run: changingVolume((was, { body }) => {
    const { key } = body["os-unset_image_metadata"];
    if (!Object.hasOwn(was.image ?? {}, key))
      throw notFound("volume-part", "Metadata does not exist.");
    const left = Object.entries(was.image ?? {}).filter(([name]) => name !== key);
    return { ...was, image: Object.fromEntries(left) };
  }),
});
