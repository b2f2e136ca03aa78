import { operation } from "../../../http/operation.ts";
import { vncTypes } from "../../model/console-grant.ts";
import { grantConsole } from "../console-access.ts";

/** nova/api/openstack/compute/schemas/remote_consoles.py get_vnc_console. */
const body = {
  type: "object",
  properties: {
    "os-getVNCConsole": {
      type: "object",
      properties: { type: { type: "string", enum: vncTypes } },
      required: ["type"],
      additionalProperties: false,
    },
  },
  required: ["os-getVNCConsole"],
  additionalProperties: false,
} as const;

export const getVncConsole = operation({
  id: "compute/get-vnc-console",
  service: "compute",
  route: "POST /servers/{server_id}/action",
  action: "os-getVNCConsole",
  function: "compute/server-action",
  versions: { until: 5 },
  access: { rule: "os_compute_api:os-remote-consoles", role: "member" },
  dynamoCalls: ["GetItem", "PutItem"],
  answer: "console",
  body,
  run: (call, environment) =>
    grantConsole(call, environment, "vnc", call.body["os-getVNCConsole"].type),
});
