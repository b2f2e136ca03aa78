import { operation } from "../../http/operation.ts";
import { shown } from "../list-engine.ts";
import type { Network } from "../model/network.ts";
import { networksIn } from "../repositories/networks.ts";
import { anything, newly, saidToCreate } from "../resource.ts";
import { networkKind } from "./network.ts";

export const createNetwork = operation({
  id: "network/create-network",
  service: "network",
  route: "POST /v2.0/networks",
  access: { rule: "create_network", role: "member" },
  dynamoCalls: ["PutItem"],
  answer: "created",
  body: anything,
  async run(call, world) {
    const { project_id, ...said } = saidToCreate(networkKind, call);
    const network: Network = { ...newly(project_id, call.now), ...said, subnets: [] };
    await networksIn(world.backend().records).add(network);
    return shown(networkKind, network);
  },
});
