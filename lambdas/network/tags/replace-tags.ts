import { operation } from "../../http/operation.ts";
import { listOf, text } from "../attributes.ts";
import { anything } from "../resource.ts";
import { retag } from "./tag-targets.ts";

export const replaceTags = operation({
  id: "network/replace-tags",
  service: "network",
  route: "PUT /v2.0/{collection}/{resource_id}/tags",
  access: { rule: "update_tags", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "ok",
  body: anything,
  async run(call, world) {
    const said = listOf(text(255))(call.body["tags"] ?? null, "tags");
    const { path } = call;
    return { tags: await retag(world.backend().records, call, { path, to: () => said }) };
  },
});
