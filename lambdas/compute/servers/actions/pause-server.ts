import { operation } from "../../../http/operation.ts";
import { beginTransition } from "../begin-action.ts";

export const pauseServer = operation({
  id: "compute/pause-server",
  service: "compute",
  route: "POST /servers/{server_id}/action",
  action: "pause",
  function: "compute/server-action",
  begins: "pause",
  access: { rule: "os_compute_api:os-pause-server:pause", role: "member" },
  dynamoCalls: ["UpdateItem", "GetItem"],
  answer: "accepted",
  run: beginTransition,
});
