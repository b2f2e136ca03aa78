import { operation } from "../../http/operation.ts";
import { unbindPort } from "../../network/model/port.ts";
import { disassociateAll } from "../../network/repositories/floating-ips.ts";
import { refreshNetworkInfo } from "../../network/repositories/network-info.ts";
import { changePortOfDevice, removePortOfDevice } from "../../network/repositories/ports.ts";
import { assertUnlocked, getServer, toRequester } from "../servers/find-server.ts";
import { assertInterfacesChangeable, getServerPort } from "./interface.ts";

/** Deletes a port created for the server; unbinds others. */
export const detachInterface = operation({
  id: "compute/detach-interface",
  service: "compute",
  route: "DELETE /servers/{server_id}/os-interface/{port_id}",
  access: { rule: "os_compute_api:os-attach-interfaces:delete", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem", "DeleteItem", "UpdateItem"],
  answer: "accepted",
  async run(call, environment) {
    const { servers, records } = environment.backend();
    const server = await getServer(call, servers);
    assertUnlocked(server, call.caller);
    assertInterfacesChangeable(server, call.now, "detach_interface");
    const port = await getServerPort(records, server, call.path.port_id);
    if (!port.made) await changePortOfDevice(records, port, server.id, unbindPort);
    else if (await removePortOfDevice(records, port, server.id))
      await disassociateAll(records, port.project_id, new Set([port.id]), call.now);
    const by = toRequester(call);
    await refreshNetworkInfo(environment.backend(), port, {
      action: "detachInterface",
      by,
      now: call.now,
    });
    return undefined;
  },
});
