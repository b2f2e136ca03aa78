import { operation } from "../../http/operation.ts";
import { takeBytes } from "../repositories/image-upload.ts";
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
    await takeBytes(records, call.path.image_id, call, readUploadedBytes(call), {
      via: "saving",
      to: "active",
    });
    return undefined;
  },
});
