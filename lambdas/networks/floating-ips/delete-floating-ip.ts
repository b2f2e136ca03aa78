import { giveBack } from "../../domain/network/addresses.ts";
import { floatingIpsIn, floatingIpWith } from "../../domain/network/floating-ips.ts";
import { portsIn } from "../../domain/network/ports.ts";
import { rewire } from "../../domain/network/wiring.ts";
import { operation } from "../../http/operation.ts";
import { reachOf } from "../kind.ts";

export const deleteFloatingIp = operation({
  id: "networks/floating-ips/delete-floating-ip",
  service: "network",
  route: "DELETE /v2.0/floatingips/{floatingip_id}",
  access: { rule: "delete_floatingip", role: "member" },
  calls: ["GetItem", "Query", "DeleteItem", "UpdateItem"],
  answer: "deleted",
  async run(call, world) {
    const { records } = world.backend();
    const floating = await floatingIpWith(records, reachOf(call), call.path.floatingip_id);
    const was = await floatingIpsIn(records).remove(floating);
    if (!was) return undefined;
    await giveBack(records, [{ subnet_id: was.subnet_id, ip_address: was.floating_ip_address }]);
    if (was.port_id !== null) {
      const reach = { project: was.project_id, everywhere: false };
      await rewire(world.backend(), await portsIn(records).withId(reach, was.port_id));
    }
    return undefined;
  },
});
