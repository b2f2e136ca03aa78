import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { itemView } from "../list-engine.ts";
import { reassociateFloatingIp } from "../repositories/floating-ip-association.ts";
import { getFloatingIp } from "../repositories/floating-ips.ts";
import { anyObject, parseUpdate, projectScope } from "../resource.ts";
import { floatingIpResource } from "./floating-ip-resource.ts";

export const updateFloatingIp = operation({
  id: "network/update-floating-ip",
  service: "network",
  route: "PUT /v2.0/floatingips/{floatingip_id}",
  access: { rule: "update_floatingip", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem", "UpdateItem"],
  answer: "ok",
  body: anyObject,
  async run(call, environment) {
    const { port_id, fixed_ip_address = null, description } = parseUpdate(floatingIpResource, call);
    const { records } = environment.backend();
    const floatingIp = await getFloatingIp(records, projectScope(call), call.path.floatingip_id);
    const updated = await reassociateFloatingIp(
      environment.backend(),
      floatingIp,
      port_id === undefined ? undefined : { port_id, fixed_ip_address },
      { ...(description !== undefined && { description }) },
      call.now,
    );
    if (!updated) throw notFound("floatingip", floatingIp.id);
    return itemView(floatingIpResource, updated);
  },
});
