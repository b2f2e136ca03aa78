import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { shown } from "../list-engine.ts";
import type { Subnet } from "../model/network.ts";
import { getSubnet, networksIn } from "../repositories/networks.ts";
import { anything, changed, reachOf, refuseOthers, saidToUpdate } from "../resource.ts";
import { subnetKind } from "./subnet.ts";
import { blockOf, gatewayOf, poolsAsked } from "./subnet-pools.ts";

export const updateSubnet = operation({
  id: "network/update-subnet",
  service: "network",
  route: "PUT /v2.0/subnets/{subnet_id}",
  access: { rule: "update_subnet", role: "member" },
  dynamoCalls: ["Query", "GetItem", "PutItem"],
  answer: "ok",
  body: anything,
  async run(call, world) {
    const { records } = world.backend();
    const { gateway_ip, allocation_pools, ...said } = saidToUpdate(subnetKind, call);
    const { network, subnet } = await getSubnet(records, call.path.subnet_id, reachOf(call));
    refuseOthers(network, call, "update_subnet");
    const to = (was: Subnet): Subnet => {
      const block = blockOf(was.cidr, was.ip_version);
      const gateway = gateway_ip === undefined ? was.gateway_ip : gatewayOf(gateway_ip, block);
      const pools = poolsAsked(allocation_pools ?? was.allocation_pools, {
        block,
        cidr: was.cidr,
        gateway,
      });
      const kept = { gateway_ip: gateway, allocation_pools: pools, cidr: was.cidr };
      return changed(was, { ...said, ...kept, ip_version: was.ip_version }, call.now);
    };
    const kept = await networksIn(records).change(network.id, (was) => ({
      ...was,
      subnets: was.subnets.map((one) => (one.id === subnet.id ? to(one) : one)),
    }));
    const now = kept?.subnets.find(({ id }) => id === subnet.id);
    if (!now) throw notFound("subnet", subnet.id);
    return shown(subnetKind, now);
  },
});
