import { operation } from "../../http/operation.ts";
import { shown } from "../list-engine.ts";
import { getPort } from "../repositories/ports.ts";
import { reachOf } from "../resource.ts";
import { portKind } from "./port.ts";

export const showPort = operation({
  id: "network/show-port",
  service: "network",
  route: "GET /v2.0/ports/{port_id}",
  access: { rule: "get_port", role: "reader" },
  dynamoCalls: ["GetItem", "Query"],
  answer: "ok",
  async run(call, world) {
    const { records } = world.backend();
    return shown(portKind, await getPort(records, reachOf(call), call.path.port_id), call.query);
  },
});
