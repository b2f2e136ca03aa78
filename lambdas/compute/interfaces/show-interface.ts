import { operation } from "../../http/operation.ts";
import { serverOf } from "../servers/find-server.ts";
import { interfaceShown, portOf } from "./interface.ts";

export const showInterface = operation({
  id: "compute/show-interface",
  service: "compute",
  route: "GET /servers/{server_id}/os-interface/{port_id}",
  access: { rule: "os_compute_api:os-attach-interfaces:show", role: "reader" },
  dynamoCalls: ["GetItem"],
  answer: "document",
  async run(call, world) {
    const { servers, records } = world.backend();
    const server = await serverOf(call, servers);
    const port = await portOf(records, server, call.path.port_id);
    return { interfaceAttachment: interfaceShown(port, call.microversion) };
  },
});
