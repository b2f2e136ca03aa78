import { operation } from "../../../http/operation.ts";
import { terminateServer } from "../terminate-server.ts";

/** Deletes for good, in any state (E-07). */
export const forceDeleteServer = operation({
  id: "compute/force-delete-server",
  service: "compute",
  route: "POST /servers/{server_id}/action",
  action: "forceDelete",
  function: "compute/server-action",
  access: { rule: "os_compute_api:os-deferred-delete:force", role: "member" },
  dynamoCalls: ["UpdateItem", "GetItem", "BatchWriteItem", "Query", "DeleteItem", "PutItem"],
  answer: "accepted",
  async run(call, environment) {
    await terminateServer(call, environment);
    return undefined;
  },
});
