import { badRequest, conflict, Fault } from "../../core/fault.ts";
import type { Collection, Records } from "../../ports/records.ts";
import { saga } from "../../ports/saga.ts";
import { cidrFromText, formatIp, hostRange, indexPools, parseIp } from "../model/cidr.ts";
import type { Network, Subnet } from "../model/network.ts";
import type { FixedIp } from "../model/port.ts";

export interface IpAllocation {
  readonly address: string;
  /** Id of a port, floating IP or router. */
  readonly holder: string;
}

export type FixedIpRequest = Partial<FixedIp>;

export const ipAllocationsOf = (subnet: string): Collection<IpAllocation> => ({
  name: `ADDRESSES#${subnet}`,
});

/** Random addresses to try before reading which are free. */
const randomAttempts = 4;

/** Races to lose for a free address before giving up. */
const scanAttempts = 50;

/**
 * Allocates one address per request, all or none: the request that adds the address's item owns it.
 * Throws `malformed`, `conflict`, `raced`.
 * @calls PutItem, Query, DeleteItem
 */
export async function allocateIps(
  records: Records,
  network: Network,
  requests: readonly FixedIpRequest[] | null,
  holder: string,
): Promise<FixedIp[]> {
  return saga(async (step) => {
    const allocated: FixedIp[] = [];
    for (const request of requests ?? defaultFixedIpRequests(network))
      allocated.push(
        await step(
          "allocate an address",
          () => allocateIp(records, network, request, holder),
          (ip) => releaseIps(records, [ip], holder),
        ),
      );
    return allocated;
  });
}

/** Releases the addresses that the holder has. @calls DeleteItem, GetItem */
export async function releaseIps(
  records: Records,
  ips: readonly FixedIp[],
  holder: string,
): Promise<void> {
  await Promise.all(
    ips.map(({ subnet_id, ip_address: address }) =>
      records.removeIf(ipAllocationsOf(subnet_id), address, (one) => one.holder === holder, {
        address,
        holder,
      }),
    ),
  );
}

/** One per IP version, from its first subnet (neutron/db/ipam_pluggable_backend.py). */
function defaultFixedIpRequests({ subnets }: Network): FixedIpRequest[] {
  return ([4, 6] as const).flatMap((version) => {
    const subnet = subnets.find(({ ip_version }) => ip_version === version);
    return subnet ? [{ subnet_id: subnet.id }] : [];
  });
}

async function allocateIp(
  records: Records,
  network: Network,
  { subnet_id, ip_address }: FixedIpRequest,
  holder: string,
): Promise<FixedIp> {
  if (ip_address !== undefined) {
    const { subnet, address } = resolveFixedIp(network, ip_address, subnet_id);
    if (!(await records.add(ipAllocationsOf(subnet.id), address, { address, holder })))
      throw conflict(
        `IP address ${address} already allocated in subnet ${subnet.id}`,
        "IpAddressAlreadyAllocated",
      );
    return { subnet_id: subnet.id, ip_address: address };
  }
  const subnet = network.subnets.find(({ id }) => id === subnet_id);
  if (!subnet)
    throw badRequest(
      `Invalid input for operation: Failed to create port on network ${network.id}, because fixed_ips included invalid subnet ${subnet_id}.`,
      "InvalidInput",
    );
  return { subnet_id: subnet.id, ip_address: await allocateFreeIp(records, subnet, holder) };
}

function resolveFixedIp(network: Network, text: string, subnetId?: string) {
  const ip = parseIp(text);
  const within = ({ cidr, id }: Subnet): boolean => {
    const block = cidrFromText(cidr);
    if (!ip || !block || block.version !== ip.version) return false;
    const { first, last } = hostRange(block);
    return (subnetId === undefined || id === subnetId) && first <= ip.value && ip.value <= last;
  };
  const subnet = network.subnets.find(within);
  if (!ip || !subnet)
    throw subnetId === undefined
      ? badRequest(
          `IP address ${text} is not a valid IP for any of the subnets on the specified network.`,
          "InvalidIpForNetwork",
        )
      : badRequest(
          `IP address ${text} is not a valid IP for the specified subnet.`,
          "InvalidIpForSubnet",
        );
  return { subnet, address: formatIp(ip) };
}

/** Starts at a position derived from the holder's random id. */
async function allocateFreeIp(records: Records, subnet: Subnet, holder: string): Promise<string> {
  const { size, at } = indexPools(subnet.allocation_pools);
  const seed = BigInt(`0x${holder.replaceAll("-", "").slice(-14)}`);
  const allocations = ipAllocationsOf(subnet.id);
  for (let attempt = 0n; attempt < randomAttempts && size > 0n; attempt++) {
    const address = at((seed + attempt * 2_654_435_761n) % size);
    if (await records.add(allocations, address, { address, holder })) return address;
  }
  for (let scan = 0; scan < scanAttempts; scan++) {
    const used = new Set((await records.all(allocations)).map(({ address }) => address));
    let offset = 0n;
    while (offset < size && used.has(at((seed + offset) % size))) offset++;
    if (offset >= size)
      throw conflict(
        `No more IP addresses available on network ${subnet.network_id}.`,
        "IpAddressGenerationFailure",
      );
    const address = at((seed + offset) % size);
    if (await records.add(allocations, address, { address, holder })) return address;
  }
  throw new Fault({ kind: "raced" });
}
