import { operation } from "../../../http/operation.ts";
import { transition } from "../begin-action.ts";

export const unpauseServer = operation({
  id: "compute/unpause-server",
  service: "compute",
  route: "POST /servers/{server_id}/action",
  action: "unpause",
  function: "compute/server-action",
  access: { rule: "os_compute_api:os-pause-server:unpause", role: "member" },
  dynamoCalls: ["UpdateItem", "GetItem"],
  answer: "accepted",
  run: (call, environment) => transition(call, environment, "unpause"),
});
