import { operation } from "../../../http/operation.ts";
import { transition } from "../begin-action.ts";

export const suspendServer = operation({
  id: "compute/suspend-server",
  service: "compute",
  route: "POST /servers/{server_id}/action",
  action: "suspend",
  function: "compute/server-action",
  access: { rule: "os_compute_api:os-suspend-server:suspend", role: "member" },
  dynamoCalls: ["UpdateItem", "GetItem"],
  answer: "accepted",
  run: (call, environment) => transition(call, environment, "suspend"),
});
