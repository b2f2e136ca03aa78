import { operation } from "../../http/operation.ts";
import { withServerProject } from "../servers/find-server.ts";

export const deleteServerTag = operation({
  id: "compute/delete-server-tag",
  service: "compute",
  route: "DELETE /servers/{server_id}/tags/{tag}",
  function: "own",
  versions: { since: 26 },
  access: { rule: "os_compute_api:os-server-tags:delete", role: "member" },
  dynamoCalls: ["UpdateItem", "GetItem"],
  answer: "deleted",
  async run(call, environment) {
    const { servers, serverTags } = environment.backend();
    await withServerProject(call, servers, (project, id) =>
      serverTags.remove(project, id, call.path.tag, call.now),
    );
    return undefined;
  },
});
