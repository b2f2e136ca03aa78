import { operation } from "../../http/operation.ts";
import { string } from "../attributes.ts";
import { updateTags } from "./tag-targets.ts";

export const addTag = operation({
  id: "network/add-tag",
  service: "network",
  route: "PUT /v2.0/{collection}/{resource_id}/tags/{tag}",
  access: { rule: "update_tags", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "created",
  async run(call, environment) {
    const { path } = call;
    const tag = string(255)(path.tag, "tag");
    await updateTags(environment.backend().records, call, { path, update: (was) => [...was, tag] });
    return undefined;
  },
});
