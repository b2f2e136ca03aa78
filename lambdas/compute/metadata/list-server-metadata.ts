import { operation } from "../../http/operation.ts";
import { getServer } from "../servers/find-server.ts";

export const listServerMetadata = operation({
  id: "compute/list-server-metadata",
  service: "compute",
  route: "GET /servers/{server_id}/metadata",
  function: "own",
  access: { rule: "os_compute_api:server-metadata:index", role: "reader" },
  dynamoCalls: ["GetItem"],
  answer: "ok",
  async run(call, environment) {
    const { servers } = environment.backend();
    const { metadata } = await getServer(call, servers);
    return { metadata };
  },
});
