import type { FloatingIp } from "./floating-ip.ts";
import type { Port } from "./port.ts";
import type { SecurityGroup } from "./security-group.ts";

export interface Address {
  readonly network: string;
  readonly addr: string;
  readonly version: 4 | 6;
  readonly mac: string;
  readonly type: "fixed" | "floating";
}

/** Copied into the server's item: one read shows it. */
export interface NetworkInfo {
  readonly addresses: readonly Address[];
  readonly securityGroups: readonly string[];
}

/** Fixed addresses, then floating IPs. */
export function portAddresses(
  { fixed_ips, mac_address, id }: Port,
  network: string,
  floatingIps: readonly FloatingIp[],
): Address[] {
  const address = (addr: string, type: Address["type"]): Address => ({
    network,
    addr,
    version: addr.includes(":") ? 6 : 4,
    mac: mac_address,
    type,
  });
  const associated = floatingIps.filter(({ port_id }) => port_id === id);
  return [
    ...fixed_ips.map(({ ip_address }) => address(ip_address, "fixed")),
    ...associated.map(({ floating_ip_address }) => address(floating_ip_address, "floating")),
  ];
}

export const groupNames = (ports: readonly Port[], groups: readonly SecurityGroup[]): string[] =>
  ports.flatMap(({ security_groups }) =>
    security_groups.map((id) => groups.find((group) => group.id === id)?.name ?? id),
  );
