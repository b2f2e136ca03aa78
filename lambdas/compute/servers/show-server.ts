import { operation } from "../../http/operation.ts";
import { serverOf } from "./find-server.ts";
import { withUserData } from "./user-data.ts";

export const showServer = operation({
  id: "compute/show-server",
  service: "compute",
  route: "GET /servers/{server_id}",
  function: "own",
  access: { rule: "os_compute_api:servers:show", role: "reader" },
  dynamoCalls: ["GetItem"],
  answer: "server",
  async run(call, world) {
    const { servers } = world.backend();
    const server = await serverOf(call, servers);
    return withUserData(server, call, servers);
  },
});
