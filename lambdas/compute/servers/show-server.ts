import { operation } from "../../http/operation.ts";
import { getServer } from "./find-server.ts";
import { withUserData } from "./user-data.ts";

export const showServer = operation({
  id: "compute/show-server",
  service: "compute",
  route: "GET /servers/{server_id}",
  function: "own",
  access: { rule: "os_compute_api:servers:show", role: "reader" },
  dynamoCalls: ["GetItem"],
  answer: "server",
  async run(call, environment) {
    const { servers } = environment.backend();
    const server = await getServer(call, servers);
    return withUserData(server, call, servers);
  },
});
