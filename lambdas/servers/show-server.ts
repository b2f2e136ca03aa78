import { lambda } from "../http/lambda.ts";
import { operation } from "../http/operation.ts";
import { reach } from "./reach.ts";
import { withUserData } from "./user-data.ts";

export const showServer = operation({
  id: "servers/show-server",
  service: "compute",
  route: "GET /servers/{server_id}",
  access: { rule: "os_compute_api:servers:show", role: "reader" },
  calls: ["GetItem"],
  answer: "server",
  async run(call, world) {
    const { servers } = world.backend();
    const server = await reach(call, servers, (project, id) => servers.get(project, id, call.now));
    return withUserData(server, call, servers);
  },
});

export const handler = lambda(showServer);
