import { Fault } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { portsOfDevice, removePortOfDevice } from "../repositories/ports.ts";
import { getRouter } from "../repositories/routers.ts";
import { anyObject, projectScope } from "../resource.ts";
import { parseInterfaceRequest } from "./interface-request.ts";
import { routerInterfaceView } from "./views.ts";

export const removeInterface = operation({
  id: "network/remove-interface",
  service: "network",
  route: "PUT /v2.0/routers/{router_id}/remove_router_interface",
  access: { rule: "remove_router_interface", role: "member" },
  dynamoCalls: ["GetItem", "Query", "DeleteItem"],
  answer: "ok",
  body: anyObject,
  async run(call, environment) {
    const { records } = environment.backend();
    const { port_id, subnet_id } = parseInterfaceRequest(call.body);
    const router = await getRouter(records, projectScope(call), call.path.router_id);
    const ports = await portsOfDevice(records, router.project_id, router.id);
    const port = ports.find(
      ({ id, fixed_ips }) =>
        (port_id === null || id === port_id) &&
        (subnet_id === null || fixed_ips.some((one) => one.subnet_id === subnet_id)),
    );
    if (!port)
      throw new Fault({
        kind: "no-such",
        what: "router-interface",
        id: `Router ${router.id} does not have an interface ${port_id === null ? "on subnet" : "with id"} ${port_id ?? subnet_id}`,
      });
    await removePortOfDevice(records, port, router.id);
    return routerInterfaceView(router, port);
  },
});
