import type { Backend } from "../../ports/backend.ts";
import type { Records } from "../../ports/records.ts";
import type { Noting } from "../../ports/servers.ts";
import { groupNames, type NetworkInfo, portAddresses } from "../model/network-info.ts";
import { isComputePort, type Port } from "../model/port.ts";
import { floatingIpsOf } from "./floating-ips.ts";
import { networksIn } from "./networks.ts";
import { portsOfDevice } from "./ports.ts";
import { securityGroupsIn } from "./security-groups.ts";

/** Ignores the server's copy. @calls Query */
export async function getNetworkInfo(
  records: Records,
  project: string,
  server: string,
): Promise<NetworkInfo> {
  const ports = sortByCreation(await portsOfDevice(records, project, server));
  const [networks, groups, floatingIps] = await Promise.all([
    networksIn(records).all(),
    securityGroupsIn(records).all({ project, allProjects: false }),
    floatingIpsOf(records, project, new Set(ports.map(({ id }) => id))),
  ]);
  const networkName = (id: string) => networks.find((one) => one.id === id)?.name ?? id;
  return {
    addresses: ports.flatMap((port) =>
      portAddresses(port, networkName(port.network_id), floatingIps),
    ),
    securityGroups: groupNames(ports, groups),
  };
}

const sortByCreation = (ports: readonly Port[]): Port[] =>
  [...ports].sort((one, other) => one.created - other.created);

/** Updates the server's copy; records `action` if given. */
export async function refreshNetworkInfo(
  backend: Backend,
  port: Port | null,
  action?: Noting,
): Promise<void> {
  if (!port || port.device_id === "" || !isComputePort(port)) return;
  const { device_id, project_id } = port;
  const compute = () => getNetworkInfo(backend.records, project_id, device_id);
  await backend.servers.updateNetworkInfo(project_id, device_id, compute, action);
}
