import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { shown } from "../list-engine.ts";
import { reassociateFloatingIp } from "../repositories/floating-ip-association.ts";
import { getFloatingIp } from "../repositories/floating-ips.ts";
import { anything, reachOf, saidToUpdate } from "../resource.ts";
import { floatingIpKind } from "./floating-ip.ts";

export const updateFloatingIp = operation({
  id: "network/update-floating-ip",
  service: "network",
  route: "PUT /v2.0/floatingips/{floatingip_id}",
  access: { rule: "update_floatingip", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem", "UpdateItem"],
  answer: "ok",
  body: anything,
  async run(call, world) {
    const { port_id, fixed_ip_address = null, description } = saidToUpdate(floatingIpKind, call);
    const { records } = world.backend();
    const floating = await getFloatingIp(records, reachOf(call), call.path.floatingip_id);
    const now = await reassociateFloatingIp(
      world.backend(),
      floating,
      port_id === undefined ? undefined : { port_id, fixed_ip_address },
      { ...(description !== undefined && { description }) },
      call.now,
    );
    if (!now) throw notFound("floatingip", floating.id);
    return shown(floatingIpKind, now);
  },
});
