import { operation } from "../../http/operation.ts";
import { reach, requesterOf } from "../reach.ts";

/** 202 says the server has set out for SHUTOFF, not that it is there. Its value may be anything. */
export const stopServer = operation({
  id: "servers/actions/stop-server",
  service: "compute",
  route: "POST /servers/{server_id}/action",
  action: "os-stop",
  access: { rule: "os_compute_api:servers:stop", role: "member" },
  calls: ["UpdateItem", "GetItem"],
  answer: "accepted",
  async run(call, world) {
    const { servers } = world.backend();
    await reach(call, servers, (project, id) =>
      servers.act(project, id, "stop", call.now, requesterOf(call)),
    );
    return undefined;
  },
});
