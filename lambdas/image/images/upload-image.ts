import { operation } from "../../http/operation.ts";
import { takeBytes } from "../repositories/image-upload.ts";
import { sentBytes } from "./uploaded-bytes.ts";

export const uploadImage = operation({
  id: "image/upload-image",
  service: "image",
  route: "PUT /v2/images/{image_id}/file",
  access: { rule: "upload_image", role: "member" },
  dynamoCalls: ["GetItem", "PutItem"],
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
