import { operation } from "../../http/operation.ts";
import { storeImageData } from "../repositories/image-upload.ts";
import { readUploadedBytes } from "./uploaded-bytes.ts";

/** The import completes the upload (glance/api/v2/image_data.py stage). */
export const stageImage = operation({
  id: "image/stage-image",
  service: "image",
  route: "PUT /v2/images/{image_id}/stage",
  access: { rule: "modify_image", role: "member" },
  dynamoCalls: ["GetItem", "PutItem"],
  answer: "deleted",
  raw: true,
  async run(call, environment) {
    const { records } = environment.backend();
    await storeImageData(records, call.path.image_id, call, readUploadedBytes(call), {
      during: "uploading",
      after: "uploading",
    });
    return undefined;
  },
});
