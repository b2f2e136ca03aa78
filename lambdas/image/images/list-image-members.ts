import { operation } from "../../http/operation.ts";
import { imageFor } from "../repositories/image-access.ts";
import { memberDocument, membersSeen, refuseUnshared } from "./member-view.ts";

export const listImageMembers = operation({
  id: "image/list-image-members",
  service: "image",
  route: "GET /v2/images/{image_id}/members",
  access: { rule: "get_members", role: "reader" },
  dynamoCalls: ["GetItem"],
  answer: "document",
  async run(call, world) {
    const image = await imageFor(world.backend().records, call.path.image_id, call);
    refuseUnshared(image, "list");
    return {
      members: membersSeen(image, call.caller).map(([project, member]) =>
        memberDocument(image, project, member),
      ),
      schema: "/v2/schemas/members",
    };
  },
});
