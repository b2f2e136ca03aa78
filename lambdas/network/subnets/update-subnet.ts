import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { itemView } from "../list-engine.ts";
import type { Subnet } from "../model/network.ts";
import { getSubnet, networksIn } from "../repositories/networks.ts";
import { anyObject, applyUpdate, assertOwner, parseUpdate, projectScope } from "../resource.ts";
import {
  assertSubnetLimits,
  parseSubnetCidr,
  resolveGateway,
  resolvePools,
} from "./subnet-pools.ts";
import { subnetResource } from "./subnet-resource.ts";

export const updateSubnet = operation({
  id: "network/update-subnet",
  service: "network",
  route: "PUT /v2.0/subnets/{subnet_id}",
  access: { rule: "update_subnet", role: "member" },
  dynamoCalls: ["Query", "GetItem", "PutItem"],
  answer: "ok",
  body: anyObject,
  async run(call, environment) {
    const { records } = environment.backend();
    const { gateway_ip, allocation_pools, ...attributes } = parseUpdate(subnetResource, call);
    const { network, subnet } = await getSubnet(records, call.path.subnet_id, projectScope(call));
    assertOwner(network, call, "update_subnet");
    assertSubnetLimits(attributes, subnet.id);
    const update = (was: Subnet): Subnet => {
      const block = parseSubnetCidr(was.cidr, was.ip_version);
      const gateway = gateway_ip === undefined ? was.gateway_ip : resolveGateway(gateway_ip, block);
      const pools = resolvePools(allocation_pools ?? was.allocation_pools, {
        block,
        cidr: was.cidr,
        gateway,
      });
      const derived = { gateway_ip: gateway, allocation_pools: pools, cidr: was.cidr };
      return applyUpdate(was, { ...attributes, ...derived, ip_version: was.ip_version }, call.now);
    };
    const updatedNetwork = await networksIn(records).change(network.id, (was) => ({
      ...was,
      subnets: was.subnets.map((one) => (one.id === subnet.id ? update(one) : one)),
    }));
    const updated = updatedNetwork?.subnets.find(({ id }) => id === subnet.id);
    if (!updated) throw notFound("subnet", subnet.id);
    return itemView(subnetResource, updated);
  },
});
