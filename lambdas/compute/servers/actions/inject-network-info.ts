import { operation } from "../../../http/operation.ts";
import { getServer } from "../find-server.ts";

/** No effect: guests are simulated. */
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
    // locks never block administrators (nova/compute/api.py:5011)
    await getServer(call, environment.backend().servers);
    return undefined;
  },
});
