import { operation } from "../../http/operation.ts";
import { listOf, string } from "../attributes.ts";
import { anyObject } from "../resource.ts";
import { updateTags } from "./tag-targets.ts";
import { tagsView } from "./views.ts";

export const replaceTags = operation({
  id: "network/replace-tags",
  service: "network",
  route: "PUT /v2.0/{collection}/{resource_id}/tags",
  access: { rule: "update_tags", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "ok",
  body: anyObject,
  async run(call, environment) {
    const requested = listOf(string(255))(call.body["tags"] ?? null, "tags");
    const { path } = call;
    return tagsView(
      await updateTags(environment.backend().records, call, { path, update: () => requested }),
    );
  },
});
