import { operation } from "../../http/operation.ts";
import { updateTags } from "./tag-targets.ts";

export const removeTags = operation({
  id: "network/remove-tags",
  service: "network",
  route: "DELETE /v2.0/{collection}/{resource_id}/tags",
  access: { rule: "update_tags", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "deleted",
  async run(call, environment) {
    const { path } = call;
    await updateTags(environment.backend().records, call, { path, update: () => [] });
    return undefined;
  },
});
