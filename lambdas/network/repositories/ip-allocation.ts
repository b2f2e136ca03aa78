import { badRequest, conflict, Fault } from "../../core/fault.ts";
import type { Collection, Records } from "../../ports/records.ts";
import { cidrFromText, formatIp, hostRange, indexPools, parseIp } from "../model/cidr.ts";
import type { Network, Subnet } from "../model/network.ts";
import type { FixedIp } from "../model/port.ts";

/** Whose an address is: a port's, a floating IP's or a router's. */
export interface IpAllocation {
  readonly address: string;
  readonly holder: string;
}

/** What is asked for of an address: the subnet, itself, both. */
export type FixedIpRequest = Partial<FixedIp>;

export const ipAllocationsOf = (subnet: string): Collection<IpAllocation> => ({
  name: `ADDRESSES#${subnet}`,
});

/** How often an address is taken by chance before it is looked which are free. */
const randomAttempts = 4;

/** How often one that was free when looked at may be taken by others. */
const scanAttempts = 50;

/**
 * Takes an address of each subnet that was asked for, or of the network where nothing was. Whoever adds
 * the item of an address has it; it is given back by whoever takes it out of the port. When one cannot
 * be had, none is kept. (PutItem; Query where a subnet is nearly full; DeleteItem)
 */
export async function allocateIps(
  records: Records,
  network: Network,
  requests: readonly FixedIpRequest[] | null,
  holder: string,
): Promise<FixedIp[]> {
  const allocated: FixedIp[] = [];
  try {
    for (const request of requests ?? defaultFixedIpRequests(network))
      allocated.push(await allocateIp(records, network, request, holder));
    return allocated;
  } catch (cause) {
    await releaseIps(records, allocated);
    throw cause;
  }
}

/** (DeleteItem) */
export async function releaseIps(records: Records, ips: readonly FixedIp[]): Promise<void> {
  await Promise.all(
    ips.map(({ subnet_id, ip_address }) => records.remove(ipAllocationsOf(subnet_id), ip_address)),
  );
}

/** One of each version, from the first subnet there is (neutron/db/ipam_pluggable_backend.py). */
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

/** Where in the pools is a matter of the holder's id, which is random. */
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
