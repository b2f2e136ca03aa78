import { operation } from "../../http/operation.ts";
import { grantConsole } from "./console-access.ts";

const protocols = ["vnc", "spice", "serial", "rdp"] as const;
const latestProtocols = [...protocols, "mks"] as const;
const remoteConsoleTypes = ["novnc", "xvpvnc", "spice-html5", "serial", "rdp-html5"] as const;

/** nova/api/openstack/compute/schemas/remote_consoles.py create_v26, create_v28. */
const body = {
  type: "object",
  properties: {
    remote_console: {
      type: "object",
      properties: {
        protocol: {
          type: "string",
          enum: latestProtocols,
          versions: {
            6: { type: "string", enum: protocols },
            8: { type: "string", enum: latestProtocols },
          },
        },
        type: {
          type: "string",
          versions: {
            6: { type: "string", enum: remoteConsoleTypes },
            8: { type: "string", enum: [...remoteConsoleTypes, "webmks"] },
          },
        },
      },
      required: ["protocol", "type"],
      additionalProperties: false,
    },
  },
  required: ["remote_console"],
  additionalProperties: false,
} as const;

/** Replaces the four console actions since 2.6 (E-34). */
export const createRemoteConsole = operation({
  id: "compute/create-remote-console",
  service: "compute",
  route: "POST /servers/{server_id}/remote-consoles",
  function: "own",
  versions: { since: 6 },
  access: { rule: "os_compute_api:os-remote-consoles", role: "member" },
  dynamoCalls: ["GetItem", "PutItem"],
  answer: "remoteConsole",
  body,
  async run(call, environment) {
    const { protocol, type } = call.body.remote_console;
    const grant = await grantConsole(call, environment, protocol, type);
    return { protocol, ...grant };
  },
});
