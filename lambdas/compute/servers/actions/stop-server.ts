import { operation } from "../../../http/operation.ts";
import { beginTransition } from "../begin-action.ts";

/** 202 before the server is SHUTOFF. */
export const stopServer = operation({
  id: "compute/stop-server",
  service: "compute",
  route: "POST /servers/{server_id}/action",
  action: "os-stop",
  function: "compute/server-action",
  begins: "stop",
  access: { rule: "os_compute_api:servers:stop", role: "member" },
  dynamoCalls: ["UpdateItem", "GetItem"],
  answer: "accepted",
  run: beginTransition,
});
