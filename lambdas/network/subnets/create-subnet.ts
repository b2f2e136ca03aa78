import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { shown } from "../list-engine.ts";
import type { Subnet } from "../model/network.ts";
import { getNetwork, networksIn } from "../repositories/networks.ts";
import { anything, newly, reachOf, refuseOthers, saidToCreate } from "../resource.ts";
import { subnetKind } from "./subnet.ts";
import { blockOf, gatewayOf, poolsAsked, withSubnet } from "./subnet-pools.ts";

export const createSubnet = operation({
  id: "network/create-subnet",
  service: "network",
  route: "POST /v2.0/subnets",
  access: { rule: "create_subnet", role: "member" },
  dynamoCalls: ["GetItem", "PutItem"],
  answer: "created",
  body: anything,
  async run(call, world) {
    const { records } = world.backend();
    const { project_id, ...said } = saidToCreate(subnetKind, call);
    const network = await getNetwork(records, said.network_id, reachOf(call));
    refuseOthers(network, call, "create_subnet");
    const block = blockOf(said.cidr, said.ip_version);
    const cidr = said.cidr ?? "";
    const gateway = gatewayOf(said.gateway_ip, block);
    const subnet: Subnet = {
      ...newly(project_id, call.now),
      ...said,
      cidr,
      ip_version: block.version,
      gateway_ip: gateway,
      allocation_pools: poolsAsked(said.allocation_pools, { block, cidr, gateway }),
    };
    const kept = await networksIn(records).change(network.id, (was) => withSubnet(was, subnet));
    if (!kept) throw notFound("network", network.id);
    return shown(subnetKind, subnet);
  },
});
