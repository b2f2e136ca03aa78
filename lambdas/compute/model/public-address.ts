/** The network that everybody has from the start, and servers are put on unasked. */
export const privateNetwork = {
  id: "6b2cf5b1-6a1f-4d8c-9a0e-3f1f6d0f6a01",
  label: "private",
} as const;

/** The security group every project has. */
export const defaultSecurityGroup = "default";

/**
 * The address by which the Rackspace and FlexCloud dialects show a server to the world, a pure function
 * of its id: 17 of its bits are an address in 198.18.0.0/15, which RFC 2544 sets aside for tests.
 */
export function publicAddressOf(id: string): string {
  const bits = Number.parseInt(id.replaceAll("-", "").slice(-12), 16);
  const place = Math.floor(bits / 2 ** 24) % 2 ** 17;
  const octet = (power: number) => Math.floor(place / 2 ** power) % 256;
  return `198.${18 + octet(16)}.${octet(8)}.${octet(0)}`;
}
