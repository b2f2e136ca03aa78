import { operation } from "../../http/operation.ts";
import { getVisibleImage } from "../repositories/image-access.ts";
import { assertShared, listVisibleMembers } from "./find-member.ts";
import { imageMembersView } from "./views.ts";

export const listImageMembers = operation({
  id: "image/list-image-members",
  service: "image",
  route: "GET /v2/images/{image_id}/members",
  access: { rule: "get_members", role: "reader" },
  dynamoCalls: ["GetItem"],
  answer: "ok",
  async run(call, environment) {
    const image = await getVisibleImage(environment.backend().records, call.path.image_id, call);
    assertShared(image, "list");
    return imageMembersView(image, listVisibleMembers(image, call.caller));
  },
});
