import { operation } from "../../http/operation.ts";
import { releaseFloatingIp } from "../repositories/floating-ip-association.ts";
import { getFloatingIp } from "../repositories/floating-ips.ts";
import { projectScope } from "../resource.ts";

export const deleteFloatingIp = operation({
  id: "network/delete-floating-ip",
  service: "network",
  route: "DELETE /v2.0/floatingips/{floatingip_id}",
  access: { rule: "delete_floatingip", role: "member" },
  dynamoCalls: ["GetItem", "Query", "DeleteItem", "UpdateItem"],
  answer: "deleted",
  async run(call, environment) {
    const { records } = environment.backend();
    const floatingIp = await getFloatingIp(records, projectScope(call), call.path.floatingip_id);
    await releaseFloatingIp(environment.backend(), floatingIp);
    return undefined;
  },
});
