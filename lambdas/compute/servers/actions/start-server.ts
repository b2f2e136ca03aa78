import { operation } from "../../../http/operation.ts";
import { beginTransition } from "../begin-action.ts";

/** 202 before the server is ACTIVE (S5-17). */
export const startServer = operation({
  id: "compute/start-server",
  service: "compute",
  route: "POST /servers/{server_id}/action",
  action: "os-start",
  function: "compute/server-action",
  begins: "start",
  access: { rule: "os_compute_api:servers:start", role: "member" },
  dynamoCalls: ["UpdateItem", "GetItem"],
  answer: "accepted",
  run: beginTransition,
});
