import { operation } from "../../http/operation.ts";
import { portsOn } from "../../network/repositories/ports.ts";
import { serverOf } from "../servers/find-server.ts";
import { interfaceShown } from "./interface.ts";

export const listInterfaces = operation({
  id: "compute/list-interfaces",
  service: "compute",
  route: "GET /servers/{server_id}/os-interface",
  access: { rule: "os_compute_api:os-attach-interfaces:list", role: "reader" },
  dynamoCalls: ["GetItem", "Query"],
  answer: "document",
  async run(call, world) {
    const { servers, records } = world.backend();
    const server = await serverOf(call, servers);
    const ports = await portsOn(records, server.project, server.id);
    return {
      interfaceAttachments: ports.map((port) => interfaceShown(port, call.microversion)),
    };
  },
});
