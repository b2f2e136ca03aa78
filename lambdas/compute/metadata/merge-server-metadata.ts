import { operation } from "../../http/operation.ts";
import { hasRole } from "../../identity/model/identity.ts";
import { withServerProject } from "../servers/find-server.ts";
import { body } from "./schema-fields.ts";

/** 200, not 201 (E-13). */
export const mergeServerMetadata = operation({
  id: "compute/merge-server-metadata",
  service: "compute",
  route: "POST /servers/{server_id}/metadata",
  function: "own",
  access: { rule: "os_compute_api:server-metadata:create", role: "member" },
  dynamoCalls: ["UpdateItem", "GetItem"],
  answer: "ok",
  body,
  async run(call, environment) {
    const { servers, serverMetadata } = environment.backend();
    const items = call.body.metadata as Record<string, string>;
    return {
      metadata: await withServerProject(call, servers, (project, id) =>
        serverMetadata.merge(project, id, items, call.now, hasRole(call.caller, "admin")),
      ),
    };
  },
});
