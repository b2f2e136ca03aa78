import { operation } from "../../../http/operation.ts";
import { grantConsole } from "../console-access.ts";

const body = {
  type: "object",
  properties: {
    "os-getRDPConsole": {
      type: "object",
      properties: { type: { type: "string", enum: ["rdp-html5"] } },
      required: ["type"],
      additionalProperties: false,
    },
  },
  required: ["os-getRDPConsole"],
  additionalProperties: false,
} as const;

/** Hyper-V only (measured on Nova 26.2.2). */
export const getRdpConsole = operation({
  id: "compute/get-rdp-console",
  service: "compute",
  route: "POST /servers/{server_id}/action",
  action: "os-getRDPConsole",
  function: "compute/server-action",
  versions: { until: 5 },
  access: { rule: "os_compute_api:os-remote-consoles", role: "member" },
  dynamoCalls: ["GetItem"],
  answer: "console",
  body,
  run: (call, environment) =>
    grantConsole(call, environment, "rdp", call.body["os-getRDPConsole"].type),
});
