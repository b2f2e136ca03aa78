import { operation } from "../http/operation.ts";
import { addressesShown } from "./addresses.ts";
import { serverOf } from "./reach.ts";

export const listAddresses = operation({
  id: "servers/list-addresses",
  service: "compute",
  route: "GET /servers/{server_id}/ips",
  access: { rule: "os_compute_api:ips:index", role: "reader" },
  calls: ["GetItem"],
  answer: "document",
  async run(call, world) {
    const { servers } = world.backend();
    const server = await serverOf(call, servers);
    return { addresses: addressesShown(server, call.now) };
  },
});
