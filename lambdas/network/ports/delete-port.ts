import { Fault } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { loosen } from "../repositories/floating-ips.ts";
import { rewire } from "../repositories/network-info.ts";
import { dropPort, portWith } from "../repositories/ports.ts";
import { interfaceOwner } from "../repositories/routers.ts";
import { reachOf } from "../resource.ts";

export const deletePort = operation({
  id: "network/delete-port",
  service: "network",
  route: "DELETE /v2.0/ports/{port_id}",
  access: { rule: "delete_port", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem", "DeleteItem", "UpdateItem"],
  answer: "deleted",
  async run(call, world) {
    const { records } = world.backend();
    const port = await portWith(records, reachOf(call), call.path.port_id);
    if (port.device_owner === interfaceOwner)
      throw new Fault({
        kind: "conflict",
        reason: `Port ${port.id} cannot be deleted directly via the port API: has device owner ${port.device_owner}.`,
        type: "ServicePortInUse",
      });
    await dropPort(records, port);
    await loosen(records, port.project_id, new Set([port.id]), call.now);
    await rewire(world.backend(), port);
    return undefined;
  },
});
