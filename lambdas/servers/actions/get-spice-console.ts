import { consoleTypes } from "../../domain/console.ts";
import { operation } from "../../http/operation.ts";
import { grantConsole } from "../console.ts";

/** nova/api/openstack/compute/schemas/remote_consoles.py get_spice_console. */
const body = {
  type: "object",
  properties: {
    "os-getSPICEConsole": {
      type: "object",
      properties: { type: { type: "string", enum: consoleTypes.spice } },
      required: ["type"],
      additionalProperties: false,
    },
  },
  required: ["os-getSPICEConsole"],
  additionalProperties: false,
} as const;

export const getSpiceConsole = operation({
  id: "servers/actions/get-spice-console",
  service: "compute",
  route: "POST /servers/{server_id}/action",
  action: "os-getSPICEConsole",
  versions: { until: 5 },
  access: { rule: "os_compute_api:os-remote-consoles", role: "member" },
  calls: ["GetItem", "PutItem"],
  answer: "console",
  body,
  run: (call, world) =>
    grantConsole(call, world.backend(), () => call.body["os-getSPICEConsole"].type),
});
