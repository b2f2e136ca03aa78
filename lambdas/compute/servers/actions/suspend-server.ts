import { operation } from "../../../http/operation.ts";
import { beginTransition } from "../begin-action.ts";

export const suspendServer = operation({
  id: "compute/suspend-server",
  service: "compute",
  route: "POST /servers/{server_id}/action",
  action: "suspend",
  function: "compute/server-action",
  begins: "suspend",
  access: { rule: "os_compute_api:os-suspend-server:suspend", role: "member" },
  dynamoCalls: ["UpdateItem", "GetItem"],
  answer: "accepted",
  run: beginTransition,
});
