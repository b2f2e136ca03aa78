import { operation } from "../../http/operation.ts";
import { unbound } from "../../network/model/port.ts";
import { loosen } from "../../network/repositories/floating-ips.ts";
import { rewire } from "../../network/repositories/network-info.ts";
import { dropPort, portsIn } from "../../network/repositories/ports.ts";
import { refuseLocked, requesterOf, serverOf } from "../servers/find-server.ts";
import { portOf, refuseUnrested } from "./interface.ts";

/** A port that was made for the server goes, another is nobody's again. */
export const detachInterface = operation({
  id: "compute/detach-interface",
  service: "compute",
  route: "DELETE /servers/{server_id}/os-interface/{port_id}",
  access: { rule: "os_compute_api:os-attach-interfaces:delete", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem", "DeleteItem", "UpdateItem"],
  answer: "accepted",
  async run(call, world) {
    const { servers, records } = world.backend();
    const server = await serverOf(call, servers);
    refuseLocked(server, call.caller);
    refuseUnrested(server, call.now, "detach_interface");
    const port = await portOf(records, server, call.path.port_id);
    if (port.made) {
      await dropPort(records, port);
      await loosen(records, port.project_id, new Set([port.id]), call.now);
    } else
      await portsIn(records).change(port, (was) =>
        was.device_id === server.id ? unbound(was) : was,
      );
    const by = requesterOf(call);
    await rewire(world.backend(), port, { note: "detachInterface", by, now: call.now });
    return undefined;
  },
});
