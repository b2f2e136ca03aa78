import { lambda } from "../../http/lambda.ts";
import { operation } from "../../http/operation.ts";
import { serverOf } from "./find-server.ts";
import { withUserData } from "./user-data.ts";

export const showServer = operation({
  id: "compute/servers/show-server",
  service: "compute",
  route: "GET /servers/{server_id}",
  access: { rule: "os_compute_api:servers:show", role: "reader" },
  dynamoCalls: ["GetItem"],
  answer: "server",
  async run(call, world) {
    const { servers } = world.backend();
    const server = await serverOf(call, servers);
    return withUserData(server, call, servers);
  },
});

export const handler = lambda(showServer);
