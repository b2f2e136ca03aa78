import { badRequest } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { hasRole } from "../../identity/model/identity.ts";
import { withServerProject } from "../servers/find-server.ts";
import { metadataField } from "../servers/schema-fields.ts";

const body = {
  type: "object",
  properties: { meta: { ...metadataField, minProperties: 1, maxProperties: 1 } },
  required: ["meta"],
  additionalProperties: false,
} as const;

/** An unknown server is refused before a mismatched key (E-13). */
export const setServerMetadataItem = operation({
  id: "compute/set-server-metadata-item",
  service: "compute",
  route: "PUT /servers/{server_id}/metadata/{key}",
  function: "own",
  access: { rule: "os_compute_api:server-metadata:update", role: "member" },
  dynamoCalls: ["UpdateItem", "GetItem"],
  answer: "ok",
  body,
  async run(call, environment) {
    const { servers, serverMetadata } = environment.backend();
    const { now, path } = call;
    const meta = call.body.meta as Record<string, string>;
    await withServerProject(call, servers, async (project, id) => {
      if (Object.hasOwn(meta, path.key))
        return serverMetadata.merge(project, id, meta, now, hasRole(call.caller, "admin"));
      await servers.get(project, id, now);
      throw badRequest("Request body and URI mismatch");
    });
    return { meta };
  },
});
