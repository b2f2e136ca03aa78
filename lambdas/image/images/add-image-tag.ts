import { operation } from "../../http/operation.ts";
import { validate } from "../../http/validation.ts";
import { changeImage } from "../repositories/image-access.ts";
import { imageSchema } from "./image-schema.ts";

export const addImageTag = operation({
  id: "image/add-image-tag",
  service: "image",
  route: "PUT /v2/images/{image_id}/tags/{tag}",
  access: { rule: "modify_image", role: "member" },
  dynamoCalls: ["GetItem", "PutItem"],
  answer: "deleted",
  async run(call, environment) {
    const { image_id, tag } = call.path;
    validate(imageSchema, { tags: [tag] }, { part: "body", unknownMembers: "dropped" });
    await changeImage(environment.backend().records, image_id, call, (image) =>
      image.tags.includes(tag) ? image : { ...image, tags: [...image.tags, tag].sort() },
    );
    return undefined;
  },
});
