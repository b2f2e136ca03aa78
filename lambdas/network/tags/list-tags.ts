import { operation } from "../../http/operation.ts";
import { getTagged } from "./tag-targets.ts";
import { tagsView } from "./views.ts";

export const listTags = operation({
  id: "network/list-tags",
  service: "network",
  route: "GET /v2.0/{collection}/{resource_id}/tags",
  access: { rule: "get_tags", role: "reader" },
  dynamoCalls: ["GetItem", "Query"],
  answer: "ok",
  async run(call, environment) {
    const { tags } = await getTagged(environment.backend().records, call, call.path);
    return tagsView(tags);
  },
});
