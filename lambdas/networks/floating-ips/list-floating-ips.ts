import { floatingIpsIn } from "../../domain/network/floating-ips.ts";
import { operation } from "../../http/operation.ts";
import { reachOf } from "../kind.ts";
import { listed } from "../listed.ts";
import { floatingIpKind } from "./floating-ip.ts";

export const listFloatingIps = operation({
  id: "networks/floating-ips/list-floating-ips",
  service: "network",
  route: "GET /v2.0/floatingips",
  access: { rule: "get_floatingip", role: "reader" },
  calls: ["Query"],
  answer: "document",
  async run(call, world) {
    const all = await floatingIpsIn(world.backend().records).all(reachOf(call));
    return listed(floatingIpKind, all, call);
  },
});
