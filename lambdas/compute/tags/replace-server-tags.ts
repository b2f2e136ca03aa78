import { operation } from "../../http/operation.ts";
import { maxTags } from "../model/server.ts";
import { withServerProject } from "../servers/find-server.ts";
import { tagField } from "../servers/schema-fields.ts";

const body = {
  type: "object",
  properties: { tags: { type: "array", items: tagField, maxItems: maxTags } },
  required: ["tags"],
  additionalProperties: false,
} as const;

export const replaceServerTags = operation({
  id: "compute/replace-server-tags",
  service: "compute",
  route: "PUT /servers/{server_id}/tags",
  function: "own",
  versions: { since: 26 },
  access: { rule: "os_compute_api:os-server-tags:update_all", role: "member" },
  dynamoCalls: ["UpdateItem", "GetItem"],
  answer: "ok",
  body,
  async run(call, environment) {
    const { servers, serverTags } = environment.backend();
    const tags = [...new Set(call.body.tags)].sort();
    await withServerProject(call, servers, (project, id) =>
      serverTags.replace(project, id, tags, call.now),
    );
    return { tags };
  },
});
