import { Fault } from "../../../core/fault.ts";
import { operation } from "../../../http/operation.ts";
import { consoleLog, tailLog, typedTextSinceBoot } from "../../model/guest-boot-log.ts";
import { isOnHost } from "../../model/lifecycle.ts";
import { getServer } from "../find-server.ts";

/** nova/api/openstack/compute/schemas/console_output.py get_console_output. */
const body = {
  type: "object",
  properties: {
    "os-getConsoleOutput": {
      type: "object",
      properties: {
        length: { type: ["integer", "string", "null"], pattern: "^-?[0-9]+$", minimum: -1 },
      },
      additionalProperties: false,
    },
  },
  required: ["os-getConsoleOutput"],
  additionalProperties: false,
} as const;

export const getConsoleOutput = operation({
  id: "compute/get-console-output",
  service: "compute",
  route: "POST /servers/{server_id}/action",
  action: "os-getConsoleOutput",
  function: "compute/server-action",
  access: { rule: "os_compute_api:os-console-output", role: "member" },
  dynamoCalls: ["GetItem", "Query"],
  answer: "ok",
  body,
  async run(call, environment) {
    const { now } = call;
    const { length } = call.body["os-getConsoleOutput"];
    const { servers, consoleSessions } = environment.backend();
    const server = await getServer(call, servers);
    if (!isOnHost(server, now)) throw new Fault({ kind: "not-ready", id: server.id });
    const typed = typedTextSinceBoot(server, await consoleSessions.getLogLines(server.id), now);
    return { output: tailLog(consoleLog(server, now, typed), length) };
  },
});
