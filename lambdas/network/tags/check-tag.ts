import { operation } from "../../http/operation.ts";
import { noTag, tagsOf } from "./tag-targets.ts";

export const checkTag = operation({
  id: "network/check-tag",
  service: "network",
  route: "GET /v2.0/{collection}/{resource_id}/tags/{tag}",
  access: { rule: "get_tags", role: "reader" },
  dynamoCalls: ["GetItem", "Query"],
  answer: "deleted",
  async run(call, world) {
    const { tags } = await tagsOf(world.backend().records, call, call.path);
    if (!tags.includes(call.path.tag)) throw noTag(call.path.tag);
    return undefined;
  },
});
