import { operation } from "../../http/operation.ts";
import { listView } from "../list-engine.ts";
import { portsIn } from "../repositories/ports.ts";
import { projectScope } from "../resource.ts";
import { portResource } from "./port-resource.ts";

export const listPorts = operation({
  id: "network/list-ports",
  service: "network",
  route: "GET /v2.0/ports",
  access: { rule: "get_port", role: "reader" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, environment) {
    const all = await portsIn(environment.backend().records).all(projectScope(call));
    return listView(portResource, all, call);
  },
});
