import { Fault } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { addressesView } from "./address-view.ts";
import { getServer } from "./find-server.ts";

export const showAddresses = operation({
  id: "compute/show-addresses",
  service: "compute",
  route: "GET /servers/{server_id}/ips/{network}",
  access: { rule: "os_compute_api:ips:show", role: "reader" },
  dynamoCalls: ["GetItem"],
  answer: "ok",
  async run(call, environment) {
    const { servers } = environment.backend();
    const server = await getServer(call, servers);
    const { network } = call.path;
    const addresses = addressesView(server, call.now)[network];
    if (!addresses)
      throw new Fault({
        kind: "no-such",
        what: "attachment",
        id: "Instance is not a member of specified network",
      });
    return { [network]: addresses };
  },
});
