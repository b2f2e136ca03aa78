import { conflict, Fault, malformed } from "../../core/fault.ts";
import type { Records, Shelf } from "../../ports/records.ts";
import { blockIn, hostsOf, ipIn, pooled, written } from "../model/cidr.ts";
import type { Network, Subnet } from "../model/network.ts";
import type { FixedIp } from "../model/port.ts";

/** Whose an address is: a port's, a floating IP's or a router's. */
export interface Claim {
  readonly address: string;
  readonly holder: string;
}

/** What is asked for of an address: the subnet, itself, both. */
export type Wanted = Partial<FixedIp>;

export const claimsOn = (subnet: string): Shelf<Claim> => ({ name: `ADDRESSES#${subnet}` });

/** How often an address is taken by chance before it is looked which are free. */
const guesses = 4;

/** How often one that was free when looked at may be taken by others. */
const looks = 50;

/**
 * Takes an address of each subnet that was asked for, or of the network where nothing was. Whoever adds
 * the item of an address has it; it is given back by whoever takes it out of the port. When one cannot
 * be had, none is kept. (PutItem; Query where a subnet is nearly full; DeleteItem)
 */
export async function takeAddresses(
  records: Records,
  network: Network,
  wanted: readonly Wanted[] | null,
  holder: string,
): Promise<FixedIp[]> {
  const taken: FixedIp[] = [];
  try {
    for (const want of wanted ?? unasked(network))
      taken.push(await take(records, network, want, holder));
    return taken;
  } catch (cause) {
    await giveBack(records, taken);
    throw cause;
  }
}

/** (DeleteItem) */
export async function giveBack(records: Records, ips: readonly FixedIp[]): Promise<void> {
  await Promise.all(
    ips.map(({ subnet_id, ip_address }) => records.remove(claimsOn(subnet_id), ip_address)),
  );
}

/** One of each version, from the first subnet there is (neutron/db/ipam_pluggable_backend.py). */
function unasked({ subnets }: Network): Wanted[] {
  return ([4, 6] as const).flatMap((version) => {
    const subnet = subnets.find(({ ip_version }) => ip_version === version);
    return subnet ? [{ subnet_id: subnet.id }] : [];
  });
}

async function take(
  records: Records,
  network: Network,
  { subnet_id, ip_address }: Wanted,
  holder: string,
): Promise<FixedIp> {
  if (ip_address !== undefined) {
    const { subnet, address } = placed(network, ip_address, subnet_id);
    if (!(await records.add(claimsOn(subnet.id), address, { address, holder })))
      throw conflict(
        `IP address ${address} already allocated in subnet ${subnet.id}`,
        "IpAddressAlreadyAllocated",
      );
    return { subnet_id: subnet.id, ip_address: address };
  }
  const subnet = network.subnets.find(({ id }) => id === subnet_id);
  if (!subnet)
    throw malformed(
      `Invalid input for operation: Failed to create port on network ${network.id}, because fixed_ips included invalid subnet ${subnet_id}.`,
      "InvalidInput",
    );
  return { subnet_id: subnet.id, ip_address: await any(records, subnet, holder) };
}

function placed(network: Network, text: string, subnetId?: string) {
  const ip = ipIn(text);
  const within = ({ cidr, id }: Subnet): boolean => {
    const block = blockIn(cidr);
    if (!ip || !block || block.version !== ip.version) return false;
    const { first, last } = hostsOf(block);
    return (subnetId === undefined || id === subnetId) && first <= ip.value && ip.value <= last;
  };
  const subnet = network.subnets.find(within);
  if (!ip || !subnet)
    throw subnetId === undefined
      ? malformed(
          `IP address ${text} is not a valid IP for any of the subnets on the specified network.`,
          "InvalidIpForNetwork",
        )
      : malformed(
          `IP address ${text} is not a valid IP for the specified subnet.`,
          "InvalidIpForSubnet",
        );
  return { subnet, address: written(ip) };
}

/** Where in the pools is a matter of the holder's id, which is random. */
async function any(records: Records, subnet: Subnet, holder: string): Promise<string> {
  const { size, at } = pooled(subnet.allocation_pools);
  const seed = BigInt(`0x${holder.replaceAll("-", "").slice(-14)}`);
  const shelf = claimsOn(subnet.id);
  for (let guess = 0n; guess < guesses && size > 0n; guess++) {
    const address = at((seed + guess * 2_654_435_761n) % size);
    if (await records.add(shelf, address, { address, holder })) return address;
  }
  for (let look = 0; look < looks; look++) {
    const used = new Set((await records.all(shelf)).map(({ address }) => address));
    let step = 0n;
    while (step < size && used.has(at((seed + step) % size))) step++;
    if (step >= size)
      throw conflict(
        `No more IP addresses available on network ${subnet.network_id}.`,
        "IpAddressGenerationFailure",
      );
    const address = at((seed + step) % size);
    if (await records.add(shelf, address, { address, holder })) return address;
  }
  throw new Fault({ kind: "raced" });
}
