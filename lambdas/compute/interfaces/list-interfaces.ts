import { operation } from "../../http/operation.ts";
import { portsOfDevice } from "../../network/repositories/ports.ts";
import { getServer } from "../servers/find-server.ts";
import { interfaceView } from "./interface.ts";

export const listInterfaces = operation({
  id: "compute/list-interfaces",
  service: "compute",
  route: "GET /servers/{server_id}/os-interface",
  access: { rule: "os_compute_api:os-attach-interfaces:list", role: "reader" },
  dynamoCalls: ["GetItem", "Query"],
  answer: "ok",
  async run(call, environment) {
    const { servers, records } = environment.backend();
    const server = await getServer(call, servers);
    const ports = await portsOfDevice(records, server.project, server.id);
    return {
      interfaceAttachments: ports.map((port) => interfaceView(port, call.microversion)),
    };
  },
});
