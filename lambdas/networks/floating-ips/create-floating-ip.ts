import { malformed } from "../../domain/fault.ts";
import { allocate } from "../../domain/network/leading.ts";
import { networkWith } from "../../domain/network/networks.ts";
import { operation } from "../../http/operation.ts";
import { anything, newly, reachOf, saidToCreate } from "../kind.ts";
import { shown } from "../listed.ts";
import { floatingIpKind } from "./floating-ip.ts";

export const createFloatingIp = operation({
  id: "networks/floating-ips/create-floating-ip",
  service: "network",
  route: "POST /v2.0/floatingips",
  access: { rule: "create_floatingip", role: "member" },
  calls: ["GetItem", "Query", "PutItem", "DeleteItem", "UpdateItem"],
  answer: "created",
  body: anything,
  async run(call, world) {
    const { project_id, floating_ip_address, subnet_id, ...said } = saidToCreate(
      floatingIpKind,
      call,
    );
    const { records } = world.backend();
    const network = await networkWith(records, said.floating_network_id, reachOf(call));
    if (!network["router:external"])
      throw malformed(
        `Bad floatingip request: Network ${network.id} is not a valid external network.`,
        "BadRequest",
      );
    const wanted = {
      ...(subnet_id !== null && { subnet_id }),
      ...(floating_ip_address !== null && { ip_address: floating_ip_address }),
    };
    const floating = await allocate(
      world.backend(),
      network,
      { ...newly(project_id, call.now), ...said },
      subnet_id === null && floating_ip_address === null ? null : wanted,
    );
    return shown(floatingIpKind, floating);
  },
});
