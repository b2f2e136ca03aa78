import { operation } from "../../http/operation.ts";
import { addressesView } from "./address-view.ts";
import { getServer } from "./find-server.ts";

export const listAddresses = operation({
  id: "compute/list-addresses",
  service: "compute",
  route: "GET /servers/{server_id}/ips",
  access: { rule: "os_compute_api:ips:index", role: "reader" },
  dynamoCalls: ["GetItem"],
  answer: "ok",
  async run(call, environment) {
    const { servers } = environment.backend();
    const server = await getServer(call, servers);
    return { addresses: addressesView(server, call.now) };
  },
});
