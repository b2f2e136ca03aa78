import { operation } from "../../http/operation.ts";
import { withServerProject } from "../servers/find-server.ts";

export const clearServerTags = operation({
  id: "compute/clear-server-tags",
  service: "compute",
  route: "DELETE /servers/{server_id}/tags",
  function: "own",
  versions: { since: 26 },
  access: { rule: "os_compute_api:os-server-tags:delete_all", role: "member" },
  dynamoCalls: ["UpdateItem", "GetItem"],
  answer: "deleted",
  async run(call, environment) {
    const { servers, serverTags } = environment.backend();
    await withServerProject(call, servers, (project, id) =>
      serverTags.clear(project, id, call.now),
    );
    return undefined;
  },
});
