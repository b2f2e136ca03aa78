import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { itemView } from "../list-engine.ts";
import type { Subnet } from "../model/network.ts";
import { getNetwork, networksIn } from "../repositories/networks.ts";
import { assertNetworkQuota } from "../repositories/quota-usage.ts";
import { anyObject, assertOwner, newAttributes, parseCreate, projectScope } from "../resource.ts";
import {
  addSubnet,
  assertSubnetLimits,
  parseSubnetCidr,
  resolveGateway,
  resolvePools,
} from "./subnet-pools.ts";
import { subnetResource } from "./subnet-resource.ts";

export const createSubnet = operation({
  id: "network/create-subnet",
  service: "network",
  route: "POST /v2.0/subnets",
  access: { rule: "create_subnet", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "created",
  body: anyObject,
  async run(call, environment) {
    const { records } = environment.backend();
    const { project_id, ...attributes } = parseCreate(subnetResource, call);
    const network = await getNetwork(records, attributes.network_id, projectScope(call));
    assertOwner(network, call, "create_subnet");
    assertSubnetLimits(attributes, null);
    const block = parseSubnetCidr(attributes.cidr, attributes.ip_version);
    const cidr = attributes.cidr ?? "";
    const gateway = resolveGateway(attributes.gateway_ip, block);
    const subnet: Subnet = {
      ...newAttributes(project_id, call.now),
      ...attributes,
      cidr,
      ip_version: block.version,
      gateway_ip: gateway,
      allocation_pools: resolvePools(attributes.allocation_pools, { block, cidr, gateway }),
    };
    await assertNetworkQuota(records, project_id, "subnet");
    const updated = await networksIn(records).change(network.id, (was) => addSubnet(was, subnet));
    if (!updated) throw notFound("network", network.id);
    return itemView(subnetResource, subnet);
  },
});
