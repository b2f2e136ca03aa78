import { operation } from "../../../http/operation.ts";
import { beginTransition } from "../begin-action.ts";

export const resumeServer = operation({
  id: "compute/resume-server",
  service: "compute",
  route: "POST /servers/{server_id}/action",
  action: "resume",
  function: "compute/server-action",
  begins: "resume",
  access: { rule: "os_compute_api:os-suspend-server:resume", role: "member" },
  dynamoCalls: ["UpdateItem", "GetItem"],
  answer: "accepted",
  run: beginTransition,
});
