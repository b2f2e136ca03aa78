import { badRequest } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { shown } from "../list-engine.ts";
import { allocateFloatingIp } from "../repositories/floating-ip-association.ts";
import { getNetwork } from "../repositories/networks.ts";
import { anything, newly, reachOf, saidToCreate } from "../resource.ts";
import { floatingIpKind } from "./floating-ip.ts";

export const createFloatingIp = operation({
  id: "network/create-floating-ip",
  service: "network",
  route: "POST /v2.0/floatingips",
  access: { rule: "create_floatingip", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem", "DeleteItem", "UpdateItem"],
  answer: "created",
  body: anything,
  async run(call, world) {
    const { project_id, floating_ip_address, subnet_id, ...said } = saidToCreate(
      floatingIpKind,
      call,
    );
    const { records } = world.backend();
    const network = await getNetwork(records, said.floating_network_id, reachOf(call));
    if (!network["router:external"])
      throw badRequest(
        `Bad floatingip request: Network ${network.id} is not a valid external network.`,
        "BadRequest",
      );
    const wanted = {
      ...(subnet_id !== null && { subnet_id }),
      ...(floating_ip_address !== null && { ip_address: floating_ip_address }),
    };
    const floating = await allocateFloatingIp(
      world.backend(),
      network,
      { ...newly(project_id, call.now), ...said },
      subnet_id === null && floating_ip_address === null ? null : wanted,
    );
    return shown(floatingIpKind, floating);
  },
});
