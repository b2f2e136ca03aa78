import { operation } from "../../http/operation.ts";
import { softDeleteServer, terminateServer } from "./terminate-server.ts";

/** Succeeds again during the delete; 404 afterwards (E-07). */
export const deleteServer = operation({
  id: "compute/delete-server",
  service: "compute",
  route: "DELETE /servers/{server_id}",
  function: "own",
  access: { rule: "os_compute_api:servers:delete", role: "member" },
  dynamoCalls: ["UpdateItem", "GetItem", "BatchWriteItem", "Query", "DeleteItem", "PutItem"],
  answer: "deleted",
  async run(call, environment) {
    if (!environment.settings.softDelete || !(await softDeleteServer(call, environment)))
      await terminateServer(call, environment);
    return undefined;
  },
});
