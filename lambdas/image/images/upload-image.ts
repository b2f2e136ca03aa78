import { operation } from "../../http/operation.ts";
import { storeImageData } from "../repositories/image-upload.ts";
import { readUploadedBytes } from "./uploaded-bytes.ts";

export const uploadImage = operation({
  id: "image/upload-image",
  service: "image",
  route: "PUT /v2/images/{image_id}/file",
  access: { rule: "upload_image", role: "member" },
  dynamoCalls: ["GetItem", "PutItem"],
  answer: "deleted",
  raw: true,
  async run(call, environment) {
    const { records } = environment.backend();
    await storeImageData(records, call.path.image_id, call, readUploadedBytes(call), {
      during: "saving",
      after: "active",
    });
    return undefined;
  },
});
