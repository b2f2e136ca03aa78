import { operation } from "../../http/operation.ts";
import { itemView } from "../list-engine.ts";
import { getFloatingIp } from "../repositories/floating-ips.ts";
import { projectScope } from "../resource.ts";
import { floatingIpResource } from "./floating-ip-resource.ts";

export const showFloatingIp = operation({
  id: "network/show-floating-ip",
  service: "network",
  route: "GET /v2.0/floatingips/{floatingip_id}",
  access: { rule: "get_floatingip", role: "reader" },
  dynamoCalls: ["GetItem", "Query"],
  answer: "ok",
  async run(call, environment) {
    const { records } = environment.backend();
    return itemView(
      floatingIpResource,
      await getFloatingIp(records, projectScope(call), call.path.floatingip_id),
      call.query,
    );
  },
});
