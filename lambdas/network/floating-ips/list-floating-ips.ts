import { operation } from "../../http/operation.ts";
import { listed } from "../list-engine.ts";
import { floatingIpsIn } from "../repositories/floating-ips.ts";
import { reachOf } from "../resource.ts";
import { floatingIpKind } from "./floating-ip.ts";

export const listFloatingIps = operation({
  id: "network/list-floating-ips",
  service: "network",
  route: "GET /v2.0/floatingips",
  access: { rule: "get_floatingip", role: "reader" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, world) {
    const all = await floatingIpsIn(world.backend().records).all(reachOf(call));
    return listed(floatingIpKind, all, call);
  },
});
