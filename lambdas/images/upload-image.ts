import { takeBytes } from "../domain/image-upload.ts";
import { operation } from "../http/operation.ts";
import { sentBytes } from "./sent-bytes.ts";

export const uploadImage = operation({
  id: "images/upload-image",
  service: "image",
  route: "PUT /v2/images/{image_id}/file",
  access: { rule: "upload_image", role: "member" },
  calls: ["GetItem", "PutItem"],
  answer: "deleted",
  raw: true,
  async run(call, world) {
    const { records } = world.backend();
    await takeBytes(records, call.path.image_id, call, sentBytes(call), {
      via: "saving",
      to: "active",
    });
    return undefined;
  },
});
