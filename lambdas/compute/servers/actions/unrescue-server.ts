import { operation } from "../../../http/operation.ts";
import { beginTransition } from "../begin-action.ts";

export const unrescueServer = operation({
  id: "compute/unrescue-server",
  service: "compute",
  route: "POST /servers/{server_id}/action",
  action: "unrescue",
  function: "compute/server-action",
  begins: "unrescue",
  access: { rule: "os_compute_api:os-unrescue", role: "member" },
  dynamoCalls: ["UpdateItem", "GetItem"],
  answer: "accepted",
  run: beginTransition,
});
