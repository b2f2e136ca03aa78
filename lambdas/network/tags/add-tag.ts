import { operation } from "../../http/operation.ts";
import { text } from "../attributes.ts";
import { retag } from "./tag-targets.ts";

export const addTag = operation({
  id: "network/add-tag",
  service: "network",
  route: "PUT /v2.0/{collection}/{resource_id}/tags/{tag}",
  access: { rule: "update_tags", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "created",
  async run(call, world) {
    const { path } = call;
    const tag = text(255)(path.tag, "tag");
    await retag(world.backend().records, call, { path, to: (was) => [...was, tag] });
    return undefined;
  },
});
