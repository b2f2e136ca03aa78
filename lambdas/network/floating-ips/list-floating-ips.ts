import { operation } from "../../http/operation.ts";
import { listView } from "../list-engine.ts";
import { floatingIpsIn } from "../repositories/floating-ips.ts";
import { projectScope } from "../resource.ts";
import { floatingIpResource } from "./floating-ip-resource.ts";

export const listFloatingIps = operation({
  id: "network/list-floating-ips",
  service: "network",
  route: "GET /v2.0/floatingips",
  access: { rule: "get_floatingip", role: "reader" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, environment) {
    const all = await floatingIpsIn(environment.backend().records).all(projectScope(call));
    return listView(floatingIpResource, all, call);
  },
});
