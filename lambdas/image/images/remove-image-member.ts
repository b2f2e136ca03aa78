import { operation } from "../../http/operation.ts";
import { changeImage } from "../repositories/image-access.ts";
import { assertShared, getVisibleMember } from "./find-member.ts";

export const removeImageMember = operation({
  id: "image/remove-image-member",
  service: "image",
  route: "DELETE /v2/images/{image_id}/members/{member_id}",
  access: { rule: "delete_member", role: "member" },
  dynamoCalls: ["GetItem", "PutItem"],
  answer: "deleted",
  async run(call, environment) {
    const { image_id, member_id } = call.path;
    await changeImage(environment.backend().records, image_id, call, (image) => {
      assertShared(image, "delete");
      getVisibleMember(image, member_id, call.caller);
      const { [member_id]: _, ...members } = image.members;
      return { ...image, members };
    });
    return undefined;
  },
});
