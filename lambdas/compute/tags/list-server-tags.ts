import { operation } from "../../http/operation.ts";
import { getServer } from "../servers/find-server.ts";

export const listServerTags = operation({
  id: "compute/list-server-tags",
  service: "compute",
  route: "GET /servers/{server_id}/tags",
  function: "own",
  versions: { since: 26 },
  access: { rule: "os_compute_api:os-server-tags:index", role: "reader" },
  dynamoCalls: ["GetItem"],
  answer: "ok",
  async run(call, environment) {
    const { servers } = environment.backend();
    const { tags } = await getServer(call, servers);
    return { tags };
  },
});
