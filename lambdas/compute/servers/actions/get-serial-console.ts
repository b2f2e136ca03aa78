import { operation } from "../../../http/operation.ts";
import { consoleTypes } from "../../model/console-grant.ts";
import { grantConsole } from "../console-access.ts";

/** nova/api/openstack/compute/schemas/remote_consoles.py get_serial_console. */
const body = {
  type: "object",
  properties: {
    "os-getSerialConsole": {
      type: "object",
      properties: { type: { type: "string", enum: consoleTypes.serial } },
      required: ["type"],
      additionalProperties: false,
    },
  },
  required: ["os-getSerialConsole"],
  additionalProperties: false,
} as const;

export const getSerialConsole = operation({
  id: "compute/get-serial-console",
  service: "compute",
  route: "POST /servers/{server_id}/action",
  action: "os-getSerialConsole",
  function: "compute/server-action",
  versions: { until: 5 },
  access: { rule: "os_compute_api:os-remote-consoles", role: "member" },
  dynamoCalls: ["GetItem", "PutItem"],
  answer: "console",
  body,
  run: (call, environment) =>
    grantConsole(call, environment, "serial", call.body["os-getSerialConsole"].type),
});
