import { operation } from "../../../http/operation.ts";
import { grantConsole } from "../console-access.ts";

const body = {
  type: "object",
  properties: {
    "os-getSPICEConsole": {
      type: "object",
      properties: { type: { type: "string", enum: ["spice-html5"] } },
      required: ["type"],
      additionalProperties: false,
    },
  },
  required: ["os-getSPICEConsole"],
  additionalProperties: false,
} as const;

/** SPICE is off, as without [spice]enabled (nova/compute/manager.py:7969). */
export const getSpiceConsole = operation({
  id: "compute/get-spice-console",
  service: "compute",
  route: "POST /servers/{server_id}/action",
  action: "os-getSPICEConsole",
  function: "compute/server-action",
  versions: { until: 5 },
  access: { rule: "os_compute_api:os-remote-consoles", role: "member" },
  dynamoCalls: ["GetItem"],
  answer: "console",
  body,
  run: (call, environment) =>
    grantConsole(call, environment, "spice", call.body["os-getSPICEConsole"].type),
});
