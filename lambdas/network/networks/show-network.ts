import { operation } from "../../http/operation.ts";
import { shown } from "../list-engine.ts";
import { getNetwork } from "../repositories/networks.ts";
import { reachOf } from "../resource.ts";
import { networkKind } from "./network.ts";

export const showNetwork = operation({
  id: "network/show-network",
  service: "network",
  route: "GET /v2.0/networks/{network_id}",
  access: { rule: "get_network", role: "reader" },
  dynamoCalls: ["GetItem"],
  answer: "ok",
  async run(call, world) {
    const { records } = world.backend();
    const network = await getNetwork(records, call.path.network_id, reachOf(call));
    return shown(networkKind, network, call.query);
  },
});
