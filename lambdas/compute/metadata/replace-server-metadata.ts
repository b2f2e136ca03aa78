import { operation } from "../../http/operation.ts";
import { hasRole } from "../../identity/model/identity.ts";
import { withServerProject } from "../servers/find-server.ts";
import { body } from "./schema-fields.ts";

export const replaceServerMetadata = operation({
  id: "compute/replace-server-metadata",
  service: "compute",
  route: "PUT /servers/{server_id}/metadata",
  function: "own",
  access: { rule: "os_compute_api:server-metadata:update_all", role: "member" },
  dynamoCalls: ["UpdateItem", "GetItem"],
  answer: "ok",
  body,
  async run(call, environment) {
    const { servers, serverMetadata } = environment.backend();
    const items = call.body.metadata as Record<string, string>;
    return {
      metadata: await withServerProject(call, servers, (project, id) =>
        serverMetadata.replace(project, id, items, call.now, hasRole(call.caller, "admin")),
      ),
    };
  },
});
