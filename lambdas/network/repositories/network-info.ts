import type { Backend } from "../../ports/backend.ts";
import type { Records } from "../../ports/records.ts";
import type { Noting } from "../../ports/servers.ts";
import { addressesOn, groupNames, type Wiring } from "../model/network-info.ts";
import { isServers, type Port } from "../model/port.ts";
import { floatingTo } from "./floating-ips.ts";
import { networksIn } from "./networks.ts";
import { portsOn } from "./ports.ts";
import { groupsIn } from "./security-groups.ts";

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

/** After a port or what leads to it has changed: the server says so too, and perhaps notes why. */
export async function rewire(backend: Backend, port: Port | null, noting?: Noting): Promise<void> {
  if (!port || port.device_id === "" || !isServers(port)) return;
  const { device_id, project_id } = port;
  const work = () => wiringOf(backend.records, project_id, device_id);
  await backend.servers.rewire(project_id, device_id, work, noting);
}
