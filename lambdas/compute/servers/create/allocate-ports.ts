import { randomUUID } from "node:crypto";
import { Fault, notFound } from "../../../core/fault.ts";
import type { Instant } from "../../../core/instant.ts";
import {
  groupNames,
  type NetworkInfo,
  portAddresses,
} from "../../../network/model/network-info.ts";
import { macOf, type Port, portDefaults, unbindPort } from "../../../network/model/port.ts";
import type { SecurityGroup } from "../../../network/model/security-group.ts";
import { allocateIps, releaseIps } from "../../../network/repositories/ip-allocation.ts";
import { changePortOfDevice, portsIn } from "../../../network/repositories/ports.ts";
import { securityGroupsIn } from "../../../network/repositories/security-groups.ts";
import type { Records } from "../../../ports/records.ts";
import { allSteps, saga } from "../../../ports/saga.ts";
import type { NetworkRequest } from "./requested-networks.ts";

export interface PortRequest {
  readonly server: string;
  readonly project: string;
  readonly host: string;
  readonly groups: readonly SecurityGroup[];
  readonly now: Instant;
}

/** The `created` ports are not stored yet. */
export interface AllocatedPorts {
  readonly networkInfo: NetworkInfo;
  readonly created: readonly Port[];
  readonly preexisting: readonly Port[];
}

/** All or none. */
export async function allocateAll(
  records: Records,
  networkRequests: readonly NetworkRequest[],
  requests: readonly PortRequest[],
): Promise<AllocatedPorts[]> {
  const [first] = requests;
  if (first && networkRequests.some(({ port }) => !port))
    await portsIn(records).register(first.project);
  return saga((step) =>
    allSteps(
      requests.map((request) =>
        step(
          "allocate a server's ports",
          () => allocatePorts(records, networkRequests, request),
          (allocated) => deallocatePorts(records, allocated),
        ),
      ),
    ),
  );
}

/**
 * Binds the requested ports and allocates addresses for new ones, or keeps none. Throws Neutron's
 * refusals.
 */
export async function allocatePorts(
  records: Records,
  networkRequests: readonly NetworkRequest[],
  request: PortRequest,
): Promise<AllocatedPorts> {
  const created: Port[] = [];
  const preexisting: Port[] = [];
  return saga(async (step) => {
    for (const networkRequest of networkRequests) {
      const { port } = networkRequest;
      if (port)
        preexisting.push(
          await step(
            "bind a requested port",
            () => claimPort(records, port, request),
            (claimed) => unclaimPort(records, claimed),
          ),
        );
      else
        created.push(
          await step(
            "allocate a new port",
            () => buildPort(records, networkRequest, request),
            (built) => dropPort(records, built),
          ),
        );
    }
    const label = ({ network_id }: Port) =>
      networkRequests.find(({ network }) => network.id === network_id)?.network.name ?? "";
    const ports = [...preexisting, ...created];
    const groups =
      preexisting.length === 0
        ? request.groups
        : await securityGroupsIn(records).all({ project: request.project, allProjects: false });
    return {
      created,
      preexisting,
      networkInfo: {
        addresses: ports.flatMap((port) => portAddresses(port, label(port), [])),
        securityGroups: groupNames(ports, groups),
      },
    };
  });
}

export async function deallocateAll(
  records: Records,
  all: readonly AllocatedPorts[],
): Promise<void> {
  await Promise.all(all.map((one) => deallocatePorts(records, one)));
}

/** Undoes `allocatePorts`, stored or not. */
export async function deallocatePorts(
  records: Records,
  { created, preexisting }: Pick<AllocatedPorts, "created" | "preexisting">,
): Promise<void> {
  await Promise.all([
    ...created.map((port) => dropPort(records, port)),
    ...preexisting.map((port) => unclaimPort(records, port)),
  ]);
}

/** Deletes a stored port first, which owns its addresses until then. */
async function dropPort(records: Records, port: Port): Promise<void> {
  await portsIn(records).remove(port);
  await releaseIps(records, port.fixed_ips, port.id);
}

async function unclaimPort(records: Records, port: Port): Promise<void> {
  await changePortOfDevice(records, port, port.device_id, unbindPort);
}

async function buildPort(
  records: Records,
  { network, fixedIp }: NetworkRequest,
  { server, project, host, groups, now }: PortRequest,
): Promise<Port> {
  const id = randomUUID();
  const fixedIps = fixedIp === null ? null : [{ ip_address: fixedIp }];
  return {
    ...portDefaults,
    id,
    project_id: project,
    network_id: network.id,
    mac_address: macOf(id),
    fixed_ips: await allocateIps(records, network, fixedIps, id),
    security_groups: groups.map((group) => group.id),
    device_id: server,
    device_owner: "compute:nova",
    "binding:host_id": host,
    created: now,
    updated: now,
    made: true,
  };
}

/** Throws conflict if another server has the port. */
async function claimPort(
  records: Records,
  port: Port,
  { server, host, now }: PortRequest,
): Promise<Port> {
  const claimed = await portsIn(records).change(port, (was) => {
    if (was.device_id !== "")
      throw new Fault({ kind: "conflict", reason: `Port ${was.id} is still in use.` });
    return {
      ...was,
      device_id: server,
      device_owner: "compute:nova",
      "binding:host_id": host,
      updated: now,
      revision: was.revision + 1,
    };
  });
  if (!claimed) throw notFound("port", port.id);
  return claimed;
}
