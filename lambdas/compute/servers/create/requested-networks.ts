import { badRequest, Fault } from "../../../core/fault.ts";
import { formatIp, parseIp } from "../../../network/model/cidr.ts";
import { defaultSecurityGroup } from "../../../network/model/defaults.ts";
import { isVisible, type Network, usableByDefault } from "../../../network/model/network.ts";
import type { Port } from "../../../network/model/port.ts";
import { defaultGroup, type SecurityGroup } from "../../../network/model/security-group.ts";
import { ipAllocationsOf } from "../../../network/repositories/ip-allocation.ts";
import { networksIn } from "../../../network/repositories/networks.ts";
import { portsIn } from "../../../network/repositories/ports.ts";
import { securityGroupsIn } from "../../../network/repositories/security-groups.ts";
import type { Records } from "../../../ports/records.ts";
import type { BootRequest } from "./create-schema.ts";

/** An existing port, or a new one on the network. */
export interface NetworkRequest {
  readonly network: Network;
  readonly port: Port | null;
  /** null for any address. */
  readonly fixedIp: string | null;
}

/** Looked up by name or id. */
export async function getRequestedGroups(
  { security_groups = [{ name: defaultSecurityGroup }] }: BootRequest,
  project: string,
  records: Records,
): Promise<SecurityGroup[]> {
  const names = [...new Set(security_groups.flatMap(({ name }) => (name ? [name.trim()] : [])))];
  if (names.every((name) => name === defaultSecurityGroup))
    return names.map(() => defaultGroup(project));
  const all = await securityGroupsIn(records).all({ project, allProjects: false });
  return names.map((name) => getRequestedGroup(name, all, project));
}

function getRequestedGroup(
  nameOrId: string,
  all: readonly SecurityGroup[],
  project: string,
): SecurityGroup {
  const byId = all.find(({ id }) => id === nameOrId);
  const [group, ...more] = byId ? [byId] : all.filter(({ name }) => name === nameOrId);
  if (!group) throw badRequest(`Security group ${nameOrId} not found for project ${project}.`);
  if (more.length > 0)
    throw new Fault({
      kind: "conflict",
      reason: `Multiple security groups found matching '${nameOrId}'. Use an ID to be more specific.`,
    });
  return group;
}

type NetworkParameter = { uuid?: string; port?: string | null; fixed_ip?: string };

/** Checks in Nova's order and words (nova/network/neutron.py:2500). */
export async function parseNetworks(
  request: BootRequest,
  { project, maxCount, records }: { project: string; maxCount: number; records: Records },
): Promise<NetworkRequest[]> {
  const networks = request.networks as "auto" | "none" | readonly NetworkParameter[] | undefined;
  if (networks === "none") return [];
  const all = await networksIn(records).all();
  if (networks === undefined || networks === "auto" || networks.length === 0)
    return pickDefaultNetwork(usableByDefault(all, project), networks === "auto" ? project : null);
  const networkRequests: NetworkRequest[] = [];
  for (const parameter of networks) {
    const networkRequest = parameter.port
      ? await toPortNetworkRequest(parameter.port, { project, maxCount, records, all })
      : toNetworkRequest(parameter, { project, all });
    if (networkRequest.fixedIp !== null)
      await assertFixedIpFree(networkRequest, networkRequest.fixedIp, { maxCount, records });
    networkRequests.push(networkRequest);
  }
  return networkRequests;
}

function pickDefaultNetwork(
  possible: readonly Network[],
  autoProject: string | null,
): NetworkRequest[] {
  const [network, ...more] = possible;
  if (more.length > 0)
    throw new Fault({
      kind: "conflict",
      reason: "Multiple possible networks found, use a Network ID to be more specific.",
    });
  if (!network && autoProject !== null)
    throw badRequest(`Unable to automatically allocate a network for project ${autoProject}`);
  return network ? [{ network, port: null, fixedIp: null }] : [];
}

function toNetworkRequest(
  { uuid, fixed_ip }: NetworkParameter,
  { project, all }: { project: string; all: readonly Network[] },
): NetworkRequest {
  if (uuid === undefined)
    throw badRequest("Bad networks format: network uuid is not in proper format (None)");
  const id = uuid.toLowerCase();
  const network = all.find(
    (one) => one.id === id && isVisible({ project, allProjects: false }, one),
  );
  if (!network) throw badRequest(`Network ${uuid} could not be found.`);
  if (network["router:external"] && !network.shared && network.project_id !== project)
    throw new Fault({
      kind: "denied",
      reason: `It is not allowed to create an interface on external network ${id}`,
    });
  if (network.subnets.length === 0)
    throw badRequest(`Network ${id} requires a subnet in order to boot instances on.`);
  return { network, port: null, fixedIp: fixed_ip ?? null };
}

async function toPortNetworkRequest(
  id: string,
  {
    project,
    maxCount,
    records,
    all,
  }: { project: string; maxCount: number; records: Records; all: readonly Network[] },
): Promise<NetworkRequest> {
  const port = await portsIn(records).findById({ project, allProjects: false }, id.toLowerCase());
  const network = all.find((one) => one.id === port?.network_id);
  if (!port || !network) throw badRequest(`Port ${id} could not be found.`);
  if (maxCount > 1)
    throw badRequest(
      "Unable to launch multiple instances with a single configured port ID. Please launch your instance one by one with different ports.",
    );
  if (port.device_id !== "")
    throw new Fault({ kind: "conflict", reason: `Port ${port.id} is still in use.` });
  if (port.fixed_ips.length === 0)
    throw badRequest(`Port ${port.id} requires a FixedIP in order to be used.`);
  return { network, port, fixedIp: null };
}

async function assertFixedIpFree(
  { network }: NetworkRequest,
  fixedIp: string,
  { maxCount, records }: { maxCount: number; records: Records },
): Promise<void> {
  if (maxCount > 1)
    throw badRequest("Invalid fixed IP Address provided when multiple instances are requested.");
  const ip = parseIp(fixedIp);
  const address = ip ? formatIp(ip) : fixedIp;
  const allocations = await Promise.all(
    network.subnets.map(({ id }) => records.get(ipAllocationsOf(id), address)),
  );
  const allocation = allocations.find((one) => one !== null);
  if (allocation)
    throw badRequest(
      `Fixed IP address ${address} is already in use on instance ${allocation.holder}.`,
    );
}
