import { operation } from "../../../http/operation.ts";
import { getServer } from "../find-server.ts";

/** The network of a guest is what it is; there is nothing to inject it into. The value may be anything. */
export const injectNetworkInfo = operation({
  id: "compute/inject-network-info",
  service: "compute",
  route: "POST /servers/{server_id}/action",
  action: "injectNetworkInfo",
  function: "compute/server-action",
  access: { rule: "os_compute_api:os-admin-actions:inject_network_info", role: "admin" },
  dynamoCalls: ["GetItem"],
  answer: "accepted",
  async run(call, environment) {
    // nova/compute/api.py:5011: a lock stands in the way of members, who may not ask
    await getServer(call, environment.backend().servers);
    return undefined;
  },
});
