import { badRequest, Fault } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { ProjectScope } from "../../core/project-scope.ts";
import { operation } from "../../http/operation.ts";
import type { Records } from "../../ports/records.ts";
import type { Network, Subnet } from "../model/network.ts";
import { macOf, type Port, portDefaults } from "../model/port.ts";
import { getSubnet } from "../repositories/networks.ts";
import { addPort, getPort, portsIn, portsOfDevice } from "../repositories/ports.ts";
import { getRouter, type Router, routerInterfaceOwner } from "../repositories/routers.ts";
import { anyObject, newAttributes, projectScope } from "../resource.ts";
import { parseInterfaceRequest } from "./interface-request.ts";
import { routerInterfaceView } from "./views.ts";

export const addInterface = operation({
  id: "network/add-interface",
  service: "network",
  route: "PUT /v2.0/routers/{router_id}/add_router_interface",
  access: { rule: "add_router_interface", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "ok",
  body: anyObject,
  async run(call, environment) {
    const { records } = environment.backend();
    const scope = projectScope(call);
    const { port_id, subnet_id } = parseInterfaceRequest(call.body);
    if (port_id !== null && subnet_id !== null)
      throw badRequest("Cannot specify both subnet-id and port-id", "BadRequest");
    const router = await getRouter(records, scope, call.path.router_id);
    if (port_id !== null)
      return routerInterfaceView(router, await attachPort(records, scope, { router, port_id }));
    const found = await getSubnet(records, subnet_id ?? "", scope);
    return routerInterfaceView(
      router,
      await createInterfacePort(records, { router, ...found, now: call.now }),
    );
  },
});

async function attachPort(
  records: Records,
  scope: ProjectScope,
  { router, port_id }: { router: Router; port_id: string },
): Promise<Port> {
  const port = await getPort(records, scope, port_id);
  const updated = await portsIn(records).change(port, (was) => {
    if (was.device_id !== "")
      throw new Fault({
        kind: "conflict",
        reason: `Unable to complete operation on port ${was.id} for network ${was.network_id}. Port already has an attached device ${was.device_id}.`,
        type: "PortInUse",
      });
    if (was.fixed_ips.length === 0)
      throw badRequest("Router port must have at least one fixed IP", "BadRequest");
    return { ...was, device_id: router.id, device_owner: routerInterfaceOwner };
  });
  return updated ?? port;
}

async function createInterfacePort(
  records: Records,
  {
    router,
    network,
    subnet,
    now,
  }: { router: Router; network: Network; subnet: Subnet; now: Instant },
): Promise<Port> {
  if (subnet.gateway_ip === null)
    throw badRequest(
      `Bad router request: Subnet for router interface must have a gateway IP.`,
      "BadRequest",
    );
  const existing = await portsOfDevice(records, router.project_id, router.id);
  if (existing.some(({ fixed_ips }) => fixed_ips.some(({ subnet_id }) => subnet_id === subnet.id)))
    throw badRequest(
      `Bad router request: Router already has a port on subnet ${subnet.id}.`,
      "BadRequest",
    );
  const standard = newAttributes(router.project_id, now);
  const request = [{ subnet_id: subnet.id, ip_address: subnet.gateway_ip }];
  return addPort(records, network, request, {
    ...portDefaults,
    ...standard,
    network_id: network.id,
    mac_address: macOf(standard.id),
    security_groups: [],
    port_security_enabled: false,
    device_id: router.id,
    device_owner: routerInterfaceOwner,
  });
}
