import { operation } from "../../http/operation.ts";
import { getTagged, tagNotFound } from "./tag-targets.ts";

export const checkTag = operation({
  id: "network/check-tag",
  service: "network",
  route: "GET /v2.0/{collection}/{resource_id}/tags/{tag}",
  access: { rule: "get_tags", role: "reader" },
  dynamoCalls: ["GetItem", "Query"],
  answer: "deleted",
  async run(call, environment) {
    const { tags } = await getTagged(environment.backend().records, call, call.path);
    if (!tags.includes(call.path.tag)) throw tagNotFound(call.path.tag);
    return undefined;
  },
});
