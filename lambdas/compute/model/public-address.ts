/**
 * The public address of the Rackspace and FlexCloud dialects: 17 bits of the id, in 198.18.0.0/15
 * (RFC 2544).
 */
export function publicAddressOf(id: string): string {
  const bits = Number.parseInt(id.replaceAll("-", "").slice(-12), 16);
  const offset = Math.floor(bits / 2 ** 24) % 2 ** 17;
  const octet = (power: number) => Math.floor(offset / 2 ** power) % 256;
  return `198.${18 + octet(16)}.${octet(8)}.${octet(0)}`;
}
