import { operation } from "../../../http/operation.ts";
import { terminateServer } from "../terminate-server.ts";

/** For good, whatever its state, deleted softly or not at all (E-07). The value may be anything. */
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
