import { operation } from "../../../http/operation.ts";
import { transition } from "../begin-action.ts";

/** nova/api/openstack/compute/schemas/servers.py reboot. */
const body = {
  type: "object",
  properties: {
    reboot: {
      type: "object",
      properties: {
        type: { type: "string", enum: ["HARD", "Hard", "hard", "SOFT", "Soft", "soft"] },
      },
      required: ["type"],
      additionalProperties: false,
    },
  },
  required: ["reboot"],
  additionalProperties: false,
} as const;

/** A hard reboot may interrupt another reboot. */
export const rebootServer = operation({
  id: "compute/reboot-server",
  service: "compute",
  route: "POST /servers/{server_id}/action",
  action: "reboot",
  function: "compute/server-action",
  access: { rule: "os_compute_api:servers:reboot", role: "member" },
  dynamoCalls: ["UpdateItem", "GetItem"],
  answer: "accepted",
  body,
  run(call, environment) {
    const isHard = call.body.reboot.type.toLowerCase() === "hard";
    return transition(call, environment, isHard ? "hardReboot" : "softReboot");
  },
});
