import { Fault, notFound } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Port } from "../../network/model/port.ts";
import { portsIn } from "../../network/repositories/ports.ts";
import type { Records } from "../../ports/records.ts";
import { observe } from "../model/lifecycle.ts";
import type { Server } from "../model/server.ts";

export const interfaceView = (port: Port, microversion: number) => ({
  net_id: port.network_id,
  port_id: port.id,
  mac_addr: port.mac_address,
  port_state: port.admin_state_up ? "ACTIVE" : "DOWN",
  fixed_ips: port.fixed_ips,
  ...(microversion >= tagSinceMicroversion && { tag: null }),
});

const tagSinceMicroversion = 70;

export async function getServerPort(
  records: Records,
  { project, id: server }: Server,
  id: string,
): Promise<Port> {
  const port = await portsIn(records).findById({ project, allProjects: false }, id.toLowerCase());
  if (!port) throw notFound("port", id);
  if (port.device_id !== server)
    throw new Fault({
      kind: "no-such",
      what: "attachment",
      id: `Instance ${server} does not have a port with id ${id}`,
    });
  return port;
}

/** nova/compute/api.py:5290. */
export function assertInterfacesChangeable(
  { id, motion }: Server,
  now: Instant,
  verb: "attach_interface" | "detach_interface",
): void {
  const { vm, task } = observe(motion, now);
  const stateText = !["active", "paused", "stopped"].includes(vm)
    ? `vm_state ${vm}`
    : task !== null
      ? `task_state ${task}`
      : null;
  if (stateText !== null)
    throw new Fault({
      kind: "conflict",
      reason: `Cannot '${verb}' instance ${id} while it is in ${stateText}`,
    });
}
