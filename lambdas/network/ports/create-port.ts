import { operation } from "../../http/operation.ts";
import { shown } from "../list-engine.ts";
import { macOf, type Port } from "../model/port.ts";
import { defaultGroup } from "../model/security-group.ts";
import { allocateIps, releaseIps } from "../repositories/ip-allocation.ts";
import { refreshNetworkInfo } from "../repositories/network-info.ts";
import { getNetwork } from "../repositories/networks.ts";
import { portsIn } from "../repositories/ports.ts";
import { anything, newly, reachOf, saidToCreate } from "../resource.ts";
import { refuseUnknownGroups } from "./groups.ts";
import { portKind } from "./port.ts";

export const createPort = operation({
  id: "network/create-port",
  service: "network",
  route: "POST /v2.0/ports",
  access: { rule: "create_port", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem", "DeleteItem", "UpdateItem"],
  answer: "created",
  body: anything,
  async run(call, world) {
    const { records } = world.backend();
    const { project_id, ...said } = saidToCreate(portKind, call);
    const network = await getNetwork(records, said.network_id, reachOf(call));
    const usual = said.port_security_enabled ? [defaultGroup(project_id).id] : [];
    const groups = said.security_groups ?? usual;
    await refuseUnknownGroups(records, project_id, said.security_groups ?? []);
    const kept = newly(project_id, call.now);
    const port: Port = {
      ...kept,
      ...said,
      mac_address: said.mac_address ?? macOf(kept.id),
      fixed_ips: await allocateIps(records, network, said.fixed_ips ?? null, kept.id),
      security_groups: groups,
      made: false,
    };
    try {
      await portsIn(records).add(port);
    } catch (cause) {
      await portsIn(records).remove(port);
      await releaseIps(records, port.fixed_ips);
      throw cause;
    }
    await refreshNetworkInfo(world.backend(), port);
    return shown(portKind, port);
  },
});
