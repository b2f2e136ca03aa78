import { Fault, malformed, noSuch } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { bootable } from "../../network/model/network.ts";
import type { Port } from "../../network/model/port.ts";
import { defaultGroup } from "../../network/model/security-group.ts";
import { rewire } from "../../network/repositories/network-info.ts";
import { networksIn, networkWith } from "../../network/repositories/networks.ts";
import { portsIn } from "../../network/repositories/ports.ts";
import type { Records } from "../../ports/records.ts";
import { type Plugging, plug, unplug } from "../servers/create/allocate-ports.ts";
import type { Nic } from "../servers/create/requested-networks.ts";
import { refuseLocked, requesterOf, serverOf } from "../servers/find-server.ts";
import { interfaceShown, refuseUnrested } from "./interface.ts";

const uuid = { type: "string", format: "uuid" } as const;

/** nova/api/openstack/compute/schemas/attach_interfaces.py create, create_v249. */
const body = {
  type: "object",
  properties: {
    interfaceAttachment: {
      type: "object",
      properties: {
        net_id: uuid,
        port_id: uuid,
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
        tag: { type: "string", pattern: "^[^,/]*$", minLength: 1, maxLength: 60, since: 49 },
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
  answer: "document",
  body,
  async run(call, world) {
    const { servers, records } = world.backend();
    const asked = askedFor(call.body.interfaceAttachment ?? {});
    const server = await serverOf(call, servers);
    refuseLocked(server, call.caller);
    refuseUnrested(server, call.now, "attach_interface");
    const nic = await nicOf(records, server.project, asked);
    const port = await plugged(records, nic, {
      server: server.id,
      project: server.project,
      host: server.host,
      groups: [defaultGroup(server.project)],
      now: call.now,
    });
    const by = requesterOf(call);
    await rewire(world.backend(), port, { note: "attachInterface", by, now: call.now });
    return { interfaceAttachment: interfaceShown(port, call.microversion) };
  },
});

interface Asked {
  readonly net_id?: string;
  readonly port_id?: string;
  readonly ip?: string | undefined;
}

function askedFor(said: {
  net_id?: string;
  port_id?: string;
  fixed_ips?: readonly { ip_address: string }[];
}): Asked {
  const { net_id, port_id, fixed_ips = [] } = said;
  if (net_id && port_id) throw malformed("Must not input both network_id and port_id");
  const ip = fixed_ips[0]?.ip_address;
  if (ip && !net_id) throw malformed("Must input network_id when request IP address");
  return { ...(net_id && { net_id }), ...(port_id && { port_id }), ip };
}

async function nicOf(
  records: Records,
  project: string,
  { net_id, port_id, ip }: Asked,
): Promise<Nic> {
  const own = { project, everywhere: false };
  if (port_id) {
    const port = await portsIn(records).withId(own, port_id.toLowerCase());
    if (!port) throw noSuch("port", port_id);
    return { port, network: await networkWith(records, port.network_id, own), fixedIp: null };
  }
  if (net_id) {
    const network = await networkWith(records, net_id.toLowerCase(), own);
    if (network["router:external"] && !network.shared && network.project_id !== project)
      throw new Fault({
        kind: "denied",
        reason: `It is not allowed to create an interface on external network ${network.id}`,
      });
    return { network, port: null, fixedIp: ip ?? null };
  }
  const [network, ...more] = bootable(await networksIn(records).all(), project);
  if (!network) throw malformed("No specific network was requested and none are available.");
  if (more.length > 0)
    throw malformed("Multiple possible networks found, use a Network ID to be more specific.");
  return { network, port: null, fixedIp: null };
}

async function plugged(records: Records, nic: Nic, plugging: Plugging): Promise<Port> {
  const { made, given } = await plug(records, [nic], plugging);
  const [port] = [...given, ...made];
  if (!port) throw noSuch("network", nic.network.id);
  try {
    for (const one of made) await portsIn(records).add(one);
  } catch (cause) {
    await unplug(records, { made, given });
    throw cause;
  }
  return port;
}
