import { lambda } from "../http/lambda.ts";
import { operation } from "../http/operation.ts";
import { reach } from "./reach.ts";

export const showServer = operation({
  id: "servers/show-server",
  service: "compute",
  route: "GET /servers/{server_id}",
  access: { rule: "os_compute_api:servers:show", role: "reader" },
  calls: ["GetItem"],
  answer: "server",
  run(call, world) {
    const { servers } = world.backend();
    return reach(call, servers, (project, id) => servers.get(project, id, call.now));
  },
});

export const handler = lambda(showServer);
