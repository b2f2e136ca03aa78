import { Fault } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import type { Port } from "../model/port.ts";
import { disassociateAll } from "../repositories/floating-ips.ts";
import { refreshNetworkInfo } from "../repositories/network-info.ts";
import { getPort, removePort } from "../repositories/ports.ts";
import { routerInterfaceOwner } from "../repositories/routers.ts";
import { projectScope } from "../resource.ts";

export const deletePort = operation({
  id: "network/delete-port",
  service: "network",
  route: "DELETE /v2.0/ports/{port_id}",
  access: { rule: "delete_port", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem", "DeleteItem", "UpdateItem"],
  answer: "deleted",
  async run(call, environment) {
    const { records } = environment.backend();
    const port = await getPort(records, projectScope(call), call.path.port_id);
    await removePort(records, port, assertDeletable);
    await disassociateAll(records, port.project_id, new Set([port.id]), call.now);
    await refreshNetworkInfo(environment.backend(), port);
    return undefined;
  },
});

function assertDeletable({ id, device_owner }: Port): true {
  if (device_owner === routerInterfaceOwner)
    throw new Fault({
      kind: "conflict",
      reason: `Port ${id} cannot be deleted directly via the port API: has device owner ${device_owner}.`,
      type: "ServicePortInUse",
    });
  return true;
}
