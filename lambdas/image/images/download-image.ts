import { operation } from "../../http/operation.ts";
import { hasRole } from "../../identity/model/identity.ts";
import { accessDenied, getVisibleImage } from "../repositories/image-access.ts";
import { imageData } from "../repositories/images.ts";

/** 204 for bytes that were too large to store. */
export const downloadImage = operation({
  id: "image/download-image",
  service: "image",
  route: "GET /v2/images/{image_id}/file",
  access: { rule: "download_image", role: "member" },
  dynamoCalls: ["GetItem"],
  answer: "imageFile",
  async run(call, environment) {
    const { records } = environment.backend();
    const image = await getVisibleImage(records, call.path.image_id, call);
    if (image.status === "deactivated" && !hasRole(call.caller, "admin"))
      throw accessDenied(
        "The requested image has been deactivated. Image data download is forbidden.",
      );
    const hasData = image.status === "active" || image.status === "deactivated";
    const stored = hasData ? await records.get(imageData, image.id) : null;
    const bytes = stored && Buffer.from(stored.bytes, "base64");
    // an interrupted upload may have left other bytes
    return { image, bytes: bytes?.length === image.size ? bytes : null };
  },
});
