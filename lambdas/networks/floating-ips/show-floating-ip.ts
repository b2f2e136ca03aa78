import { floatingIpWith } from "../../domain/network/floating-ips.ts";
import { operation } from "../../http/operation.ts";
import { reachOf } from "../kind.ts";
import { shown } from "../listed.ts";
import { floatingIpKind } from "./floating-ip.ts";

export const showFloatingIp = operation({
  id: "networks/floating-ips/show-floating-ip",
  service: "network",
  route: "GET /v2.0/floatingips/{floatingip_id}",
  access: { rule: "get_floatingip", role: "reader" },
  calls: ["GetItem", "Query"],
  answer: "document",
  async run(call, world) {
    const { records } = world.backend();
    return shown(
      floatingIpKind,
      await floatingIpWith(records, reachOf(call), call.path.floatingip_id),
      call.query,
    );
  },
});
