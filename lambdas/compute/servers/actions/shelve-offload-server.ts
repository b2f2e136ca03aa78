import { operation } from "../../../http/operation.ts";
import { beginTransition } from "../begin-action.ts";

/** Rarely applies: shelving here includes the offload. */
export const shelveOffloadServer = operation({
  id: "compute/shelve-offload-server",
  service: "compute",
  route: "POST /servers/{server_id}/action",
  action: "shelveOffload",
  function: "compute/server-action",
  begins: "shelveOffload",
  access: { rule: "os_compute_api:os-shelve:shelve_offload", role: "admin" },
  dynamoCalls: ["UpdateItem", "GetItem"],
  answer: "accepted",
  run: beginTransition,
});
