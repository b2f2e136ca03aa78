import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { getVisibleImage } from "../repositories/image-access.ts";
import { getVisibleMember } from "./find-member.ts";
import { imageMemberView } from "./views.ts";

export const showImageMember = operation({
  id: "image/show-image-member",
  service: "image",
  route: "GET /v2/images/{image_id}/members/{member_id}",
  access: { rule: "get_member", role: "reader" },
  dynamoCalls: ["GetItem"],
  answer: "ok",
  async run(call, environment) {
    const { image_id, member_id } = call.path;
    const image = await getVisibleImage(environment.backend().records, image_id, call);
    // 403 would reveal the image
    if (image.visibility !== "shared") throw notFound("image_member", member_id);
    return imageMemberView(image, member_id, getVisibleMember(image, member_id, call.caller));
  },
});
