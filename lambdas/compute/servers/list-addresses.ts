import { operation } from "../../http/operation.ts";
import { addressesShown } from "./address-view.ts";
import { serverOf } from "./find-server.ts";

export const listAddresses = operation({
  id: "compute/list-addresses",
  service: "compute",
  route: "GET /servers/{server_id}/ips",
  access: { rule: "os_compute_api:ips:index", role: "reader" },
  dynamoCalls: ["GetItem"],
  answer: "document",
  async run(call, world) {
    const { servers } = world.backend();
    const server = await serverOf(call, servers);
    return { addresses: addressesShown(server, call.now) };
  },
});
