import { randomUUID } from "node:crypto";
import { consoleLifetime, vncTypes } from "../../domain/console.ts";
import { Fault } from "../../domain/fault.ts";
import { type Instant, observe } from "../../domain/lifecycle.ts";
import type { Server } from "../../domain/server.ts";
import { operation } from "../../http/operation.ts";
import { reach } from "../reach.ts";

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

/** A new token each time, good for ten minutes; a stopped server has a console too (E-33). */
export const getVncConsole = operation({
  id: "servers/actions/get-vnc-console",
  service: "compute",
  route: "POST /servers/{server_id}/action",
  action: "os-getVNCConsole",
  access: { rule: "os_compute_api:os-remote-consoles", role: "member" },
  calls: ["GetItem", "PutItem"],
  answer: "console",
  body,
  async run(call, world) {
    const { servers, consoles } = world.backend();
    const { now } = call;
    const { type } = call.body["os-getVNCConsole"];
    const server = await reach(call, servers, (project, id) => servers.get(project, id, now));
    refuseUnready(server, now);
    const token = randomUUID();
    await consoles.grant(token, {
      project: server.project,
      server: server.id,
      type,
      expires: now + consoleLifetime,
      epoch: server.consoleEpoch,
    });
    return { type, token };
  },
});

/**
 * No console of a server that is not built yet, on a host or not, nor of one on its way out (S1-26;
 * nova/compute/api.py:4976, and InstanceNotReady in nova/compute/manager.py).
 */
function refuseUnready({ id, motion }: Server, now: Instant): void {
  const { vm, task } = observe(motion, now);
  if (task === "deleting")
    throw new Fault({
      kind: "wrong-state",
      id,
      action: "console",
      attribute: "task_state",
      state: task,
    });
  if (vm === "building") throw new Fault({ kind: "not-ready", id });
}
