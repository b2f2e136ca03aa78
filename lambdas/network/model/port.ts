import type { StandardAttributes } from "./network.ts";

export interface FixedIp {
  readonly subnet_id: string;
  readonly ip_address: string;
}

export interface Port extends StandardAttributes {
  readonly network_id: string;
  readonly name: string;
  readonly description: string;
  readonly admin_state_up: boolean;
  readonly mac_address: string;
  readonly fixed_ips: readonly FixedIp[];
  readonly security_groups: readonly string[];
  readonly device_id: string;
  readonly device_owner: string;
  readonly "binding:host_id": string;
  readonly "binding:vnic_type": string;
  readonly "binding:profile": Readonly<Record<string, unknown>>;
  readonly port_security_enabled: boolean;
  readonly allowed_address_pairs: readonly Readonly<Record<string, unknown>>[];
  readonly extra_dhcp_opts: readonly Readonly<Record<string, unknown>>[];
  readonly dns_name: string;
  readonly propagate_uplink_status: boolean;
  /** Created by Nova for a server, and deleted with the server. */
  readonly made: boolean;
}

export const portDefaults = {
  name: "",
  description: "",
  admin_state_up: true,
  device_id: "",
  device_owner: "",
  "binding:host_id": "",
  "binding:vnic_type": "normal",
  "binding:profile": {},
  port_security_enabled: true,
  allowed_address_pairs: [],
  extra_dhcp_opts: [],
  dns_name: "",
  propagate_uplink_status: true,
  tags: [],
  revision: 1,
  made: false,
} as const satisfies Partial<Port>;

/** OpenStack's prefix and the last 24 bits of the port's id. */
export const macOf = (id: string): string =>
  `fa:16:3e:${id.slice(-6).replace(/(..)(..)(..)/, "$1:$2:$3")}`;

export const portsKind = "PORTS";

export const isComputePort = ({ device_owner }: Port): boolean =>
  device_owner.startsWith("compute:");

export const unbindPort = (port: Port): Port => ({
  ...port,
  device_id: "",
  device_owner: "",
  "binding:host_id": "",
});
