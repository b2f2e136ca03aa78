import { operation } from "../../http/operation.ts";
import { listed } from "../list-engine.ts";
import { portsIn } from "../repositories/ports.ts";
import { reachOf } from "../resource.ts";
import { portKind } from "./port.ts";

export const listPorts = operation({
  id: "network/list-ports",
  service: "network",
  route: "GET /v2.0/ports",
  access: { rule: "get_port", role: "reader" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, world) {
    const all = await portsIn(world.backend().records).all(reachOf(call));
    return listed(portKind, all, call);
  },
});
