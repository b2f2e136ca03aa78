export interface Ip {
  readonly version: 4 | 6;
  readonly value: bigint;
}

export interface Cidr {
  readonly version: 4 | 6;
  readonly prefix: number;
  readonly first: bigint;
  readonly last: bigint;
}

export interface Pool {
  readonly start: string;
  readonly end: string;
}

const addressBits = { 4: 32, 6: 128 } as const;

export const parseIp = (text: string): Ip | null =>
  text.includes(":") ? parseIpv6(text) : parseIpv4(text);

function parseIpv4(text: string): Ip | null {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part))) return null;
  if (parts.some((part) => Number(part) > 255)) return null;
  return { version: 4, value: parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n) };
}

function parseIpv6(input: string): Ip | null {
  const text = embeddedIpv4ToHex(input);
  const halves = text.split("::");
  if (halves.length > 2) return null;
  const [head = [], tail = []] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const groups = [...head, ...Array.from({ length: missing }, () => "0"), ...tail];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return null;
  const value = groups.reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n);
  return { version: 6, value };
}

/** RFC 4291 §2.2: the last 32 bits may be dotted. */
function embeddedIpv4ToHex(text: string): string {
  const start = text.lastIndexOf(":") + 1;
  const value = parseIpv4(text.slice(start))?.value;
  if (value === undefined) return text;
  return `${text.slice(0, start)}${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`;
}

/** Returns an invalid address unchanged. */
export function canonicalIp(text: string): string {
  const ip = parseIp(text);
  return ip ? formatIp(ip) : text;
}

/** RFC 5952. */
export function formatIp({ version, value }: Ip): string {
  if (version === 4) return [24n, 16n, 8n, 0n].map((by) => (value >> by) & 255n).join(".");
  const groups = Array.from({ length: 8 }, (_, i) =>
    ((value >> BigInt(112 - 16 * i)) & 0xffffn).toString(16),
  ).join(":");
  const [longest] = [...groups.matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)]
    .map(([run]) => run)
    .sort((one, other) => other.length - one.length);
  if (longest === undefined) return groups;
  return groups.replace(longest, "::").replace(":::", "::");
}

/** Clears host bits; null for an invalid CIDR. */
export function cidrFromText(text: string): Cidr | null {
  const [address = "", length = "", ...more] = text.split("/");
  const ip = parseIp(address);
  if (!ip || more.length > 0 || !/^\d{1,3}$/.test(length)) return null;
  const prefix = Number(length);
  if (prefix > addressBits[ip.version]) return null;
  const size = 1n << BigInt(addressBits[ip.version] - prefix);
  const first = ip.value - (ip.value % size);
  return { version: ip.version, prefix, first, last: first + size - 1n };
}

export const formatCidr = ({ version, prefix, first }: Cidr): string =>
  `${formatIp({ version, value: first })}/${prefix}`;

export const overlaps = (one: Cidr, other: Cidr): boolean =>
  one.version === other.version && one.first <= other.last && other.first <= one.last;

export const isWithin = ({ version, value }: Ip, block: Cidr): boolean =>
  version === block.version && block.first <= value && value <= block.last;

/** Excludes the network and IPv4's broadcast address. */
export function hostRange({ version, prefix, first, last }: Cidr): { first: bigint; last: bigint } {
  if (addressBits[version] - prefix < 2) return { first, last };
  return { first: first + 1n, last: version === 4 ? last - 1n : last };
}

/** neutron/ipam/utils.py:50 generate_pools. */
export function generatePools(block: Cidr, gateway: string | null): Pool[] {
  const { first, last } = hostRange(block);
  const gatewayValue = gateway === null ? null : parseIp(gateway)?.value;
  const span = (start: bigint, end: bigint): Pool[] =>
    start > end
      ? []
      : [
          {
            start: formatIp({ version: block.version, value: start }),
            end: formatIp({ version: block.version, value: end }),
          },
        ];
  if (
    gatewayValue === undefined ||
    gatewayValue === null ||
    gatewayValue < first ||
    gatewayValue > last
  )
    return span(first, last);
  return [...span(first, gatewayValue - 1n), ...span(gatewayValue + 1n, last)];
}

/** `at` throws RangeError past the last address. */
export function indexPools(pools: readonly Pool[]) {
  const spans = pools.flatMap(({ start, end }) => {
    const first = parseIp(start);
    const last = parseIp(end);
    return first && last ? [{ ...first, size: last.value - first.value + 1n }] : [];
  });
  return {
    size: spans.reduce((sum, { size }) => sum + size, 0n),
    at(index: bigint): string {
      let left = index;
      for (const { version, value, size } of spans) {
        if (left < size) return formatIp({ version, value: value + left });
        left -= size;
      }
      throw new RangeError(`Address index must be below the pool size, got ${index}.`);
    },
  };
}
