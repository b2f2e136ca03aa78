import type { Address } from "./server.ts";

/** The one network a server is put on; a real Neutron's worth of them is another service. */
export const privateNetwork = {
  id: "6b2cf5b1-6a1f-4d8c-9a0e-3f1f6d0f6a01",
  label: "private",
} as const;

/** The security group every project has. */
export const defaultSecurityGroup = "default";

/**
 * The addresses a new server gets, a pure function of its id: the last 24 bits give 10.x.y.z and the
 * MAC (OpenStack's own fa:16:3e prefix), the 17 bits before them an address in 198.18.0.0/15, which
 * RFC 2544 sets aside for tests.
 */
export function addressesOf(id: string): { fixed: Address; publicIPv4: string } {
  const bits = Number.parseInt(id.replaceAll("-", "").slice(-12), 16);
  const low = bits % 2 ** 24;
  const high = Math.floor(bits / 2 ** 24) % 2 ** 17;
  const [a, b, c] = octets(low);
  const hex = low.toString(16).padStart(6, "0");
  return {
    fixed: {
      network: privateNetwork.label,
      addr: `10.${a}.${b}.${c}`,
      version: 4,
      mac: `fa:16:3e:${hex.slice(0, 2)}:${hex.slice(2, 4)}:${hex.slice(4)}`,
      type: "fixed",
    },
    publicIPv4: `198.${18 + Math.floor(high / 2 ** 16)}.${octets(high).slice(1).join(".")}`,
  };
}

const octets = (bits: number) => [
  Math.floor(bits / 2 ** 16) % 256,
  Math.floor(bits / 2 ** 8) % 256,
  bits % 256,
];
