import { operation } from "../../../http/operation.ts";
import { beginTransition } from "../begin-action.ts";

export const unpauseServer = operation({
  id: "compute/unpause-server",
  service: "compute",
  route: "POST /servers/{server_id}/action",
  action: "unpause",
  function: "compute/server-action",
  begins: "unpause",
  access: { rule: "os_compute_api:os-pause-server:unpause", role: "member" },
  dynamoCalls: ["UpdateItem", "GetItem"],
  answer: "accepted",
  run: beginTransition,
});
