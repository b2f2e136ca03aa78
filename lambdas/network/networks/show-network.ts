import { operation } from "../../http/operation.ts";
import { itemView } from "../list-engine.ts";
import { getNetwork } from "../repositories/networks.ts";
import { projectScope } from "../resource.ts";
import { networkResource } from "./network-resource.ts";

export const showNetwork = operation({
  id: "network/show-network",
  service: "network",
  route: "GET /v2.0/networks/{network_id}",
  access: { rule: "get_network", role: "reader" },
  dynamoCalls: ["GetItem"],
  answer: "ok",
  async run(call, environment) {
    const { records } = environment.backend();
    const network = await getNetwork(records, call.path.network_id, projectScope(call));
    return itemView(networkResource, network, call.query);
  },
});
