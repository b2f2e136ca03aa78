import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { getServer } from "../servers/find-server.ts";

export const showServerMetadataItem = operation({
  id: "compute/show-server-metadata-item",
  service: "compute",
  route: "GET /servers/{server_id}/metadata/{key}",
  function: "own",
  access: { rule: "os_compute_api:server-metadata:show", role: "reader" },
  dynamoCalls: ["GetItem"],
  answer: "ok",
  async run(call, environment) {
    const { servers } = environment.backend();
    const { key } = call.path;
    const { metadata } = await getServer(call, servers);
    if (!Object.hasOwn(metadata, key)) throw notFound("metadata-item", key);
    return { meta: Object.fromEntries([[key, metadata[key]]]) };
  },
});
