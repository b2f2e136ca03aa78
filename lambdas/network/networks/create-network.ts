import { operation } from "../../http/operation.ts";
import { itemView } from "../list-engine.ts";
import type { Network } from "../model/network.ts";
import { networksIn } from "../repositories/networks.ts";
import { assertNetworkQuota } from "../repositories/quota-usage.ts";
import { anyObject, newAttributes, parseCreate } from "../resource.ts";
import { networkResource } from "./network-resource.ts";

export const createNetwork = operation({
  id: "network/create-network",
  service: "network",
  route: "POST /v2.0/networks",
  access: { rule: "create_network", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "created",
  body: anyObject,
  async run(call, environment) {
    const { project_id, ...attributes } = parseCreate(networkResource, call);
    const network: Network = { ...newAttributes(project_id, call.now), ...attributes, subnets: [] };
    const { records } = environment.backend();
    await assertNetworkQuota(records, project_id, "network");
    await networksIn(records).add(network);
    return itemView(networkResource, network);
  },
});
