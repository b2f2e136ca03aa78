import { operation } from "../../http/operation.ts";
import { noTag, retag } from "./tag-targets.ts";

export const removeTag = operation({
  id: "network/remove-tag",
  service: "network",
  route: "DELETE /v2.0/{collection}/{resource_id}/tags/{tag}",
  access: { rule: "update_tags", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "deleted",
  async run(call, world) {
    const { path } = call;
    const without = (was: readonly string[]) => {
      if (!was.includes(path.tag)) throw noTag(path.tag);
      return was.filter((tag) => tag !== path.tag);
    };
    await retag(world.backend().records, call, { path, to: without });
    return undefined;
  },
});
