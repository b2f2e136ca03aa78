import { operation } from "../../http/operation.ts";
import { getVisibleImage } from "../repositories/image-access.ts";
import { assertShared, imageMemberView, listVisibleMembers } from "./member-view.ts";

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
    return {
      members: listVisibleMembers(image, call.caller).map(([project, member]) =>
        imageMemberView(image, project, member),
      ),
      schema: "/v2/schemas/members",
    };
  },
});
