import { operation } from "../../http/operation.ts";
import { tagsOf } from "./tag-targets.ts";

export const listTags = operation({
  id: "network/list-tags",
  service: "network",
  route: "GET /v2.0/{collection}/{resource_id}/tags",
  access: { rule: "get_tags", role: "reader" },
  dynamoCalls: ["GetItem", "Query"],
  answer: "ok",
  async run(call, world) {
    const { tags } = await tagsOf(world.backend().records, call, call.path);
    return { tags };
  },
});
