import { operation } from "../../http/operation.ts";
import { shown } from "../list-engine.ts";
import { getFloatingIp } from "../repositories/floating-ips.ts";
import { reachOf } from "../resource.ts";
import { floatingIpKind } from "./floating-ip.ts";

export const showFloatingIp = operation({
  id: "network/show-floating-ip",
  service: "network",
  route: "GET /v2.0/floatingips/{floatingip_id}",
  access: { rule: "get_floatingip", role: "reader" },
  dynamoCalls: ["GetItem", "Query"],
  answer: "ok",
  async run(call, world) {
    const { records } = world.backend();
    return shown(
      floatingIpKind,
      await getFloatingIp(records, reachOf(call), call.path.floatingip_id),
      call.query,
    );
  },
});
