import { lambda } from "../../http/lambda.ts";
import { operation } from "../../http/operation.ts";
import { remove, softDelete } from "./terminate-server.ts";

/** Asked again while the server is being deleted it says the same; afterwards there is none (E-07). */
export const deleteServer = operation({
  id: "compute/servers/delete-server",
  service: "compute",
  route: "DELETE /servers/{server_id}",
  access: { rule: "os_compute_api:servers:delete", role: "member" },
  dynamoCalls: ["UpdateItem", "GetItem", "BatchWriteItem", "Query", "DeleteItem", "PutItem"],
  answer: "deleted",
  async run(call, world) {
    if (!world.settings.softDelete || !(await softDelete(call, world))) await remove(call, world);
    return undefined;
  },
});

export const handler = lambda(deleteServer);
