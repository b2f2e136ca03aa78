import { operation } from "../../http/operation.ts";
import { itemView } from "../list-engine.ts";
import { getPort } from "../repositories/ports.ts";
import { projectScope } from "../resource.ts";
import { portResource } from "./port-resource.ts";

export const showPort = operation({
  id: "network/show-port",
  service: "network",
  route: "GET /v2.0/ports/{port_id}",
  access: { rule: "get_port", role: "reader" },
  dynamoCalls: ["GetItem", "Query"],
  answer: "ok",
  async run(call, environment) {
    const { records } = environment.backend();
    return itemView(
      portResource,
      await getPort(records, projectScope(call), call.path.port_id),
      call.query,
    );
  },
});
