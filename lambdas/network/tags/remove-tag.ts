import { operation } from "../../http/operation.ts";
import { tagNotFound, updateTags } from "./tag-targets.ts";

export const removeTag = operation({
  id: "network/remove-tag",
  service: "network",
  route: "DELETE /v2.0/{collection}/{resource_id}/tags/{tag}",
  access: { rule: "update_tags", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "deleted",
  async run(call, environment) {
    const { path } = call;
    const without = (was: readonly string[]) => {
      if (!was.includes(path.tag)) throw tagNotFound(path.tag);
      return was.filter((tag) => tag !== path.tag);
    };
    await updateTags(environment.backend().records, call, { path, update: without });
    return undefined;
  },
});
