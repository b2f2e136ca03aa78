import { Fault } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { addressesShown } from "./address-view.ts";
import { serverOf } from "./find-server.ts";

export const showAddresses = operation({
  id: "compute/show-addresses",
  service: "compute",
  route: "GET /servers/{server_id}/ips/{network}",
  access: { rule: "os_compute_api:ips:show", role: "reader" },
  dynamoCalls: ["GetItem"],
  answer: "document",
  async run(call, world) {
    const { servers } = world.backend();
    const server = await serverOf(call, servers);
    const { network } = call.path;
    const shown = addressesShown(server, call.now)[network];
    if (!shown)
      throw new Fault({
        kind: "no-such",
        what: "attachment",
        id: "Instance is not a member of specified network",
      });
    return { [network]: shown };
  },
});
