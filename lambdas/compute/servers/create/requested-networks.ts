import { Fault, malformed } from "../../../core/fault.ts";
import { ipIn, written } from "../../../network/model/cidr.ts";
import { defaultSecurityGroup } from "../../../network/model/defaults.ts";
import { bootable, type Network, sees } from "../../../network/model/network.ts";
import type { Port } from "../../../network/model/port.ts";
import { defaultGroup, type SecurityGroup } from "../../../network/model/security-group.ts";
import { claimsOn } from "../../../network/repositories/ip-allocation.ts";
import { networksIn } from "../../../network/repositories/networks.ts";
import { portsIn } from "../../../network/repositories/ports.ts";
import { groupsIn } from "../../../network/repositories/security-groups.ts";
import type { Records } from "../../../ports/records.ts";
import type { BootRequest } from "./create-schema.ts";

/** What a server is to be put on a network by: a port that is there, or one to be made. */
export interface Nic {
  readonly network: Network;
  readonly port: Port | null;
  /** null for any address. */
  readonly fixedIp: string | null;
}

/** The security groups asked for, by name or id; the default one where none is. */
export async function groupsOf(
  { security_groups = [{ name: defaultSecurityGroup }] }: BootRequest,
  project: string,
  records: Records,
): Promise<SecurityGroup[]> {
  const names = [...new Set(security_groups.flatMap(({ name }) => (name ? [name.trim()] : [])))];
  if (names.every((name) => name === defaultSecurityGroup))
    return names.map(() => defaultGroup(project));
  const all = await groupsIn(records).all({ project, everywhere: false });
  return names.map((name) => groupCalled(name, all, project));
}

function groupCalled(asked: string, all: readonly SecurityGroup[], project: string): SecurityGroup {
  const byId = all.find(({ id }) => id === asked);
  const [group, ...more] = byId ? [byId] : all.filter(({ name }) => name === asked);
  if (!group) throw malformed(`Security group ${asked} not found for project ${project}.`);
  if (more.length > 0)
    throw new Fault({
      kind: "conflict",
      reason: `Multiple security groups found matching '${asked}'. Use an ID to be more specific.`,
    });
  return group;
}

type Asked = { uuid?: string; port?: string | null; fixed_ip?: string };

/** Where the servers are to be, in Nova's order and words (nova/network/neutron.py:2500). */
export async function nicsOf(
  request: BootRequest,
  { project, most, records }: { project: string; most: number; records: Records },
): Promise<Nic[]> {
  const networks = request.networks as "auto" | "none" | readonly Asked[] | undefined;
  if (networks === "none") return [];
  const all = await networksIn(records).all();
  if (networks === undefined || networks === "auto" || networks.length === 0)
    return unasked(bootable(all, project), networks === "auto" ? project : null);
  const nics: Nic[] = [];
  for (const asked of networks) {
    const nic = asked.port
      ? await portNic(asked.port, { project, most, records, all })
      : networkNic(asked, { project, all });
    if (nic.fixedIp !== null) await refuseTaken(nic, nic.fixedIp, { most, records });
    nics.push(nic);
  }
  return nics;
}

/** The one network there is to choose, or none. */
function unasked(possible: readonly Network[], allocating: string | null): Nic[] {
  const [network, ...more] = possible;
  if (more.length > 0)
    throw new Fault({
      kind: "conflict",
      reason: "Multiple possible networks found, use a Network ID to be more specific.",
    });
  if (!network && allocating !== null)
    throw malformed(`Unable to automatically allocate a network for project ${allocating}`);
  return network ? [{ network, port: null, fixedIp: null }] : [];
}

function networkNic(
  { uuid, fixed_ip }: Asked,
  { project, all }: { project: string; all: readonly Network[] },
): Nic {
  if (uuid === undefined)
    throw malformed("Bad networks format: network uuid is not in proper format (None)");
  const id = uuid.toLowerCase();
  const network = all.find((one) => one.id === id && sees({ project, everywhere: false }, one));
  if (!network) throw malformed(`Network ${uuid} could not be found.`);
  if (network["router:external"] && !network.shared && network.project_id !== project)
    throw new Fault({
      kind: "denied",
      reason: `It is not allowed to create an interface on external network ${id}`,
    });
  if (network.subnets.length === 0)
    throw malformed(`Network ${id} requires a subnet in order to boot instances on.`);
  return { network, port: null, fixedIp: fixed_ip ?? null };
}

async function portNic(
  id: string,
  {
    project,
    most,
    records,
    all,
  }: { project: string; most: number; records: Records; all: readonly Network[] },
): Promise<Nic> {
  const port = await portsIn(records).withId({ project, everywhere: false }, id.toLowerCase());
  const network = all.find((one) => one.id === port?.network_id);
  if (!port || !network) throw malformed(`Port ${id} could not be found.`);
  if (most > 1)
    throw malformed(
      "Unable to launch multiple instances with a single configured port ID. Please launch your instance one by one with different ports.",
    );
  if (port.device_id !== "")
    throw new Fault({ kind: "conflict", reason: `Port ${port.id} is still in use.` });
  if (port.fixed_ips.length === 0)
    throw malformed(`Port ${port.id} requires a FixedIP in order to be used.`);
  return { network, port, fixedIp: null };
}

async function refuseTaken(
  { network }: Nic,
  fixedIp: string,
  { most, records }: { most: number; records: Records },
): Promise<void> {
  if (most > 1)
    throw malformed("Invalid fixed IP Address provided when multiple instances are requested.");
  const ip = ipIn(fixedIp);
  const address = ip ? written(ip) : fixedIp;
  const claims = await Promise.all(
    network.subnets.map(({ id }) => records.get(claimsOn(id), address)),
  );
  const claim = claims.find((one) => one !== null);
  if (claim)
    throw malformed(`Fixed IP address ${address} is already in use on instance ${claim.holder}.`);
}
