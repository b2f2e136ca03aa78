import { operation } from "../../http/operation.ts";
import { listed } from "../list-engine.ts";
import { isVisible } from "../model/network.ts";
import { networksIn } from "../repositories/networks.ts";
import { reachOf } from "../resource.ts";
import { networkKind } from "./network.ts";

export const listNetworks = operation({
  id: "network/list-networks",
  service: "network",
  route: "GET /v2.0/networks",
  access: { rule: "get_network", role: "reader" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, world) {
    const all = await networksIn(world.backend().records).all();
    const seen = all.filter((network) => isVisible(reachOf(call), network));
    return listed(networkKind, seen, call);
  },
});
