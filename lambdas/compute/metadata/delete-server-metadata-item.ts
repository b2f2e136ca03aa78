import { operation } from "../../http/operation.ts";
import { hasRole } from "../../identity/model/identity.ts";
import { withServerProject } from "../servers/find-server.ts";

export const deleteServerMetadataItem = operation({
  id: "compute/delete-server-metadata-item",
  service: "compute",
  route: "DELETE /servers/{server_id}/metadata/{key}",
  function: "own",
  access: { rule: "os_compute_api:server-metadata:delete", role: "member" },
  dynamoCalls: ["UpdateItem", "GetItem"],
  answer: "deleted",
  async run(call, environment) {
    const { servers, serverMetadata } = environment.backend();
    await withServerProject(call, servers, (project, id) =>
      serverMetadata.remove(project, id, call.path.key, call.now, hasRole(call.caller, "admin")),
    );
    return undefined;
  },
});
