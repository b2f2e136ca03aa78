import { lambda } from "../http/lambda.ts";
import { operation } from "../http/operation.ts";
import { release } from "./plug.ts";
import { reach, requesterOf } from "./reach.ts";

/** Asked again while the server is being deleted it says the same; afterwards there is none (E-07). */
export const deleteServer = operation({
  id: "servers/delete-server",
  service: "compute",
  route: "DELETE /servers/{server_id}",
  access: { rule: "os_compute_api:servers:delete", role: "member" },
  calls: ["UpdateItem", "GetItem", "BatchWriteItem", "Query", "DeleteItem", "PutItem"],
  answer: "deleted",
  async run(call, world) {
    const { servers, records } = world.backend();
    await reach(call, servers, async (project, id) => {
      const removed = await servers.remove(project, id, call.now, requesterOf(call));
      // also when asked again: the one before may not have come this far
      const { addresses = null, volumes = null } = removed ?? {};
      await release(records, { project, id, addresses, volumes }, call.now);
    });
    return undefined;
  },
});

export const handler = lambda(deleteServer);
