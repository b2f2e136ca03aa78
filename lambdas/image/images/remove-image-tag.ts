import { Fault } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { changeImage } from "../repositories/image-access.ts";

export const removeImageTag = operation({
  id: "image/remove-image-tag",
  service: "image",
  route: "DELETE /v2/images/{image_id}/tags/{tag}",
  access: { rule: "modify_image", role: "member" },
  dynamoCalls: ["GetItem", "PutItem"],
  answer: "deleted",
  async run(call, environment) {
    const { image_id, tag } = call.path;
    await changeImage(environment.backend().records, image_id, call, (image) => {
      // Glance answers with WebOb's sentence
      if (!image.tags.includes(tag)) throw new Fault({ kind: "no-such-route" });
      return { ...image, tags: image.tags.filter((one) => one !== tag) };
    });
    return undefined;
  },
});
