import { badRequest, Fault, notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { usableByDefault } from "../../network/model/network.ts";
import type { Port } from "../../network/model/port.ts";
import { defaultGroup } from "../../network/model/security-group.ts";
import { refreshNetworkInfo } from "../../network/repositories/network-info.ts";
import { getNetwork, networksIn } from "../../network/repositories/networks.ts";
import { portsIn } from "../../network/repositories/ports.ts";
import type { Records } from "../../ports/records.ts";
import { saga } from "../../ports/saga.ts";
import {
  allocatePorts,
  deallocatePorts,
  type PortRequest,
} from "../servers/create/allocate-ports.ts";
import type { NetworkRequest } from "../servers/create/requested-networks.ts";
import { assertUnlocked, getServer, toRequester } from "../servers/find-server.ts";
import { tagField, uuidField } from "../servers/schema-fields.ts";
import { assertInterfacesChangeable, interfaceView } from "./interface.ts";

const body = {
  type: "object",
  properties: {
    interfaceAttachment: {
      type: "object",
      properties: {
        net_id: uuidField,
        port_id: uuidField,
        fixed_ips: {
          type: "array",
          minItems: 1,
          maxItems: 1,
          items: {
            type: "object",
            properties: {
              ip_address: { type: "string", oneOf: [{ format: "ipv4" }, { format: "ipv6" }] },
            },
            required: ["ip_address"],
            additionalProperties: false,
          },
        },
        tag: { ...tagField, since: 49 },
      },
      additionalProperties: false,
    },
  },
  additionalProperties: false,
} as const;

export const attachInterface = operation({
  id: "compute/attach-interface",
  service: "compute",
  route: "POST /servers/{server_id}/os-interface",
  access: { rule: "os_compute_api:os-attach-interfaces:create", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem", "UpdateItem"],
  answer: "ok",
  body,
  async run(call, environment) {
    const { servers, records } = environment.backend();
    const request = parseInterfaceRequest(call.body.interfaceAttachment ?? {});
    const server = await getServer(call, servers);
    assertUnlocked(server, call.caller);
    assertInterfacesChangeable(server, call.now, "attach_interface");
    const networkRequest = await getNetworkRequest(records, server.project, request);
    const port = await allocatePort(records, networkRequest, {
      server: server.id,
      project: server.project,
      host: server.host,
      groups: [defaultGroup(server.project)],
      now: call.now,
    });
    const by = toRequester(call);
    await refreshNetworkInfo(environment.backend(), port, {
      action: "attachInterface",
      by,
      now: call.now,
    });
    return { interfaceAttachment: interfaceView(port, call.microversion) };
  },
});

interface InterfaceRequest {
  readonly net_id?: string;
  readonly port_id?: string;
  readonly ip?: string | undefined;
}

function parseInterfaceRequest(attributes: {
  net_id?: string;
  port_id?: string;
  fixed_ips?: readonly { ip_address: string }[];
}): InterfaceRequest {
  const { net_id, port_id, fixed_ips = [] } = attributes;
  if (net_id && port_id) throw badRequest("Must not input both network_id and port_id");
  const ip = fixed_ips[0]?.ip_address;
  if (ip && !net_id) throw badRequest("Must input network_id when request IP address");
  return { ...(net_id && { net_id }), ...(port_id && { port_id }), ip };
}

async function getNetworkRequest(
  records: Records,
  project: string,
  { net_id, port_id, ip }: InterfaceRequest,
): Promise<NetworkRequest> {
  const scope = { project, allProjects: false };
  if (port_id) {
    const port = await portsIn(records).findById(scope, port_id.toLowerCase());
    if (!port) throw notFound("port", port_id);
    return { port, network: await getNetwork(records, port.network_id, scope), fixedIp: null };
  }
  if (net_id) {
    const network = await getNetwork(records, net_id.toLowerCase(), scope);
    if (network["router:external"] && !network.shared && network.project_id !== project)
      throw new Fault({
        kind: "denied",
        reason: `It is not allowed to create an interface on external network ${network.id}`,
      });
    return { network, port: null, fixedIp: ip ?? null };
  }
  const [network, ...more] = usableByDefault(await networksIn(records).all(), project);
  if (!network) throw badRequest("No specific network was requested and none are available.");
  if (more.length > 0)
    throw badRequest("Multiple possible networks found, use a Network ID to be more specific.");
  return { network, port: null, fixedIp: null };
}

async function allocatePort(
  records: Records,
  networkRequest: NetworkRequest,
  request: PortRequest,
): Promise<Port> {
  return saga(async (step) => {
    const { created, preexisting } = await step(
      "allocate the port",
      () => allocatePorts(records, [networkRequest], request),
      (allocated) => deallocatePorts(records, allocated),
    );
    const [port] = [...preexisting, ...created];
    if (!port) throw notFound("network", networkRequest.network.id);
    for (const one of created) await step("store the port", () => portsIn(records).add(one));
    return port;
  });
}
