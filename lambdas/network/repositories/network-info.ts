import type { Backend, Records } from "../../ports/backend.ts";
import type { Noting } from "../../compute/model/instance-action.ts";
import type { Address } from "../../compute/model/server.ts";
import { type FloatingIp, floatingTo } from "./floating-ips.ts";
import { networksIn } from "./networks.ts";
import { isServers, type Port, portsOn } from "./ports.ts";
import { groupsIn, type SecurityGroup } from "./security-groups.ts";

/** How a server is on networks: what its item repeats of its ports, so that showing it reads one item. */
export interface Wiring {
  readonly addresses: readonly Address[];
  readonly securityGroups: readonly string[];
}

/** The addresses of a port, by the name of its network; what leads to one stands after it. */
export function addressesOn(
  { fixed_ips, mac_address, id }: Port,
  network: string,
  floating: readonly FloatingIp[],
): Address[] {
  const address = (addr: string, type: Address["type"]): Address => ({
    network,
    addr,
    version: addr.includes(":") ? 6 : 4,
    mac: mac_address,
    type,
  });
  const leading = floating.filter(({ port_id }) => port_id === id);
  return [
    ...fixed_ips.map(({ ip_address }) => address(ip_address, "fixed")),
    ...leading.map(({ floating_ip_address }) => address(floating_ip_address, "floating")),
  ];
}

/** Worked out anew from the ports and what leads to them, whatever stood there. (Query) */
export async function wiringOf(records: Records, project: string, server: string): Promise<Wiring> {
  const ports = inOrder(await portsOn(records, project, server));
  const [networks, groups, floating] = await Promise.all([
    networksIn(records).all(),
    groupsIn(records).all({ project, everywhere: false }),
    floatingTo(records, project, new Set(ports.map(({ id }) => id))),
  ]);
  const label = (id: string) => networks.find((one) => one.id === id)?.name ?? id;
  return {
    addresses: ports.flatMap((port) => addressesOn(port, label(port.network_id), floating)),
    securityGroups: groupNames(ports, groups),
  };
}

/** As they were put on the server. */
const inOrder = (ports: readonly Port[]): Port[] =>
  [...ports].sort((one, other) => one.created - other.created);

export const groupNames = (ports: readonly Port[], groups: readonly SecurityGroup[]): string[] =>
  ports.flatMap(({ security_groups }) =>
    security_groups.map((id) => groups.find((group) => group.id === id)?.name ?? id),
  );

/** After a port or what leads to it has changed: the server says so too, and perhaps notes why. */
export async function rewire(backend: Backend, port: Port | null, noting?: Noting): Promise<void> {
  if (!port || port.device_id === "" || !isServers(port)) return;
  const { device_id, project_id } = port;
  const work = () => wiringOf(backend.records, project_id, device_id);
  await backend.servers.rewire(project_id, device_id, work, noting);
}
