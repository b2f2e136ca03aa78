import { operation } from "../../http/operation.ts";
import { listView } from "../list-engine.ts";
import { isVisible } from "../model/network.ts";
import { networksIn } from "../repositories/networks.ts";
import { projectScope } from "../resource.ts";
import { networkResource } from "./network-resource.ts";

export const listNetworks = operation({
  id: "network/list-networks",
  service: "network",
  route: "GET /v2.0/networks",
  access: { rule: "get_network", role: "reader" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, environment) {
    const all = await networksIn(environment.backend().records).all();
    const seen = all.filter((network) => isVisible(projectScope(call), network));
    return listView(networkResource, seen, call);
  },
});
