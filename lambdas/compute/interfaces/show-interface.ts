import { operation } from "../../http/operation.ts";
import { getServer } from "../servers/find-server.ts";
import { getServerPort, interfaceView } from "./interface.ts";

export const showInterface = operation({
  id: "compute/show-interface",
  service: "compute",
  route: "GET /servers/{server_id}/os-interface/{port_id}",
  access: { rule: "os_compute_api:os-attach-interfaces:show", role: "reader" },
  dynamoCalls: ["GetItem"],
  answer: "ok",
  async run(call, environment) {
    const { servers, records } = environment.backend();
    const server = await getServer(call, servers);
    const port = await getServerPort(records, server, call.path.port_id);
    return { interfaceAttachment: interfaceView(port, call.microversion) };
  },
});
