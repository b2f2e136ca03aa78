import { operation } from "../../http/operation.ts";
import { removeImage } from "../repositories/image-access.ts";
import { imageData } from "../repositories/images.ts";

export const deleteGlanceImage = operation({
  id: "image/delete-glance-image",
  service: "image",
  route: "DELETE /v2/images/{image_id}",
  access: { rule: "delete_image", role: "member" },
  dynamoCalls: ["GetItem", "PutItem", "DeleteItem"],
  answer: "deleted",
  async run(call, environment) {
    const { records } = environment.backend();
    const { id } = await removeImage(records, call.path.image_id, call);
    await records.remove(imageData, id);
    return undefined;
  },
});
