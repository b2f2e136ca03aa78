import { badRequest, Fault } from "../../core/fault.ts";
import {
  type Cidr,
  cidrFromText,
  formatIp,
  generatePools,
  hostRange,
  isWithin,
  overlaps,
  type Pool,
  parseIp,
} from "../model/cidr.ts";
import type { Network, Subnet } from "../model/network.ts";

const invalidInput = (reason: string) =>
  badRequest(`Invalid input for operation: ${reason}.`, "InvalidInput");

export function parseSubnetCidr(cidr: string | null, ipVersion: number): Cidr {
  if (cidr === null)
    throw badRequest(
      "Bad subnets request: a subnetpool must be specified in the absence of a cidr.",
      "BadRequest",
    );
  const block = cidrFromText(cidr);
  if (!block) throw invalidInput(`'${cidr}' is not a valid IP subnet`);
  if (block.version !== ipVersion)
    throw invalidInput(`cidr '${cidr}' does not match the ip_version '${ipVersion}'`);
  if (block.prefix === 0) throw invalidInput("0 is not allowed as CIDR prefix length");
  return block;
}

/** Defaults to the first host address; null is no gateway. */
export function resolveGateway(requested: string | null | undefined, block: Cidr): string | null {
  if (requested === null) return null;
  const { first, last } = hostRange(block);
  if (requested === undefined) return formatIp({ version: block.version, value: first });
  const ip = parseIp(requested);
  if (ip?.version !== block.version)
    throw invalidInput(
      `gateway_ip '${requested}' does not match the ip_version '${block.version}'`,
    );
  if (isWithin(ip, block) && (ip.value < first || ip.value > last))
    throw invalidInput("Gateway is not valid on subnet");
  return requested;
}

/** neutron/db/ipam_backend_mixin.py:260 validate_allocation_pools. */
export function resolvePools(
  requested: readonly Pool[] | undefined,
  { block, cidr, gateway }: { block: Cidr; cidr: string; gateway: string | null },
): readonly Pool[] {
  if (requested === undefined) return generatePools(block, gateway);
  const { first, last } = hostRange(block);
  const spans = requested.map((pool) => {
    const start = parseIp(pool.start);
    const end = parseIp(pool.end);
    if (start?.version !== block.version || end?.version !== block.version)
      throw badRequest(
        `The allocation pool ${formatPool(pool)} is not valid.`,
        "InvalidAllocationPool",
      );
    if (end.value < start.value)
      throw badRequest(
        `The allocation pool ${formatPool(pool)} is not valid.`,
        "InvalidAllocationPool",
      );
    if (start.value < first || end.value > last)
      throw badRequest(
        `The allocation pool ${formatPool(pool)} spans beyond the subnet cidr ${cidr}.`,
        "OutOfBoundsAllocationPool",
      );
    return { pool, start: start.value, end: end.value };
  });
  for (const [i, one] of spans.entries())
    for (const other of spans.slice(i + 1))
      if (one.start <= other.end && other.start <= one.end)
        throw new Fault({
          kind: "conflict",
          reason: `Found overlapping allocation pools: ${formatPool(one.pool)} ${formatPool(other.pool)} for subnet ${cidr}.`,
          type: "OverlappingAllocationPools",
        });
  const gatewayValue = gateway === null ? null : parseIp(gateway)?.value;
  const conflicting = spans.find(
    ({ start, end }) =>
      gatewayValue !== null &&
      gatewayValue !== undefined &&
      start <= gatewayValue &&
      gatewayValue <= end,
  );
  if (conflicting)
    throw new Fault({
      kind: "conflict",
      reason: `Gateway ip ${gateway} conflicts with allocation pool ${formatPool(conflicting.pool)}.`,
      type: "GatewayConflictWithAllocationPools",
    });
  return requested;
}

const formatPool = ({ start, end }: Pool) => `${start}-${end}`;

/** Throws `malformed` for an overlapping subnet. */
export function addSubnet(network: Network, subnet: Subnet): Network {
  const block = cidrFromText(subnet.cidr);
  const conflicting = network.subnets.find(({ cidr }) => {
    const other = cidrFromText(cidr);
    return block && other && overlaps(block, other);
  });
  if (conflicting)
    throw invalidInput(
      `Requested subnet with cidr: ${subnet.cidr} for network: ${network.id} overlaps with another subnet`,
    );
  return { ...network, subnets: [...network.subnets, subnet] };
}

/** neutron/conf/common.py max_dns_nameservers and max_subnet_host_routes. */
const subnetLimits = [
  { member: "dns_nameservers", what: "DNS nameservers", most: 5, type: "DNSNameServersExhausted" },
  { member: "host_routes", what: "host routes", most: 20, type: "HostRoutesExhausted" },
] as const;

/** `id` is null for a new subnet. Throws `malformed` (neutron/db/ipam_backend_mixin.py). */
export function assertSubnetLimits(
  attributes: Partial<Pick<Subnet, "dns_nameservers" | "host_routes">>,
  id: string | null,
): void {
  for (const { member, what, most, type } of subnetLimits)
    if ((attributes[member]?.length ?? 0) > most)
      throw badRequest(
        `Unable to complete operation for ${id ?? "new subnet"}. The number of ${what} exceeds the limit ${most}.`,
        type,
      );
}
