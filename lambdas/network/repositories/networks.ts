import { Fault } from "../../core/fault.ts";
import type { ProjectScope } from "../../core/project-scope.ts";
import type { Records } from "../../ports/records.ts";
import { type SeededCollection, seededCollection } from "../../ports/seeded-collection.ts";
import { privateNetwork } from "../model/defaults.ts";
import { isVisible, type Network, type Subnet } from "../model/network.ts";

const seedCreatedAt = Date.UTC(2026, 0, 1);

const standardDefaults = {
  project_id: "",
  description: "",
  tags: [],
  created: seedCreatedAt,
  updated: seedCreatedAt,
  revision: 0,
} as const;

const networkDefaults = {
  ...standardDefaults,
  admin_state_up: true,
  is_default: false,
  port_security_enabled: true,
  mtu: 1500,
  dns_domain: "",
  availability_zone_hints: [],
  "provider:physical_network": null,
  "provider:segmentation_id": null,
} as const;

const subnetDefaults = {
  ...standardDefaults,
  ip_version: 4,
  enable_dhcp: true,
  dns_nameservers: [],
  host_routes: [],
  ipv6_ra_mode: null,
  ipv6_address_mode: null,
  dns_publish_fixed_ip: false,
  service_types: [],
} as const;

const publicNetworkId = "0b7d2a3e-5a41-4c8f-8d17-9a3c5e1f2b02";

/** DevStack's names. */
export const seedNetworks: readonly Network[] = [
  {
    ...networkDefaults,
    id: privateNetwork.id,
    name: privateNetwork.label,
    shared: true,
    "router:external": false,
    "provider:network_type": "geneve",
    subnets: [
      {
        ...subnetDefaults,
        id: "2f1c6e0a-7f6b-4f0e-9c55-0d1f4a7b6a11",
        network_id: privateNetwork.id,
        name: "private-subnet",
        cidr: "10.0.0.0/8",
        gateway_ip: "10.0.0.1",
        allocation_pools: [{ start: "10.0.0.2", end: "10.255.255.254" }],
      },
    ],
  },
  {
    ...networkDefaults,
    id: publicNetworkId,
    name: "public",
    shared: false,
    "router:external": true,
    is_default: true,
    "provider:network_type": "flat",
    "provider:physical_network": "public",
    subnets: [
      {
        ...subnetDefaults,
        id: "5d8f3c1b-2b7e-4e63-8a7d-6c0f9e4d3b12",
        network_id: publicNetworkId,
        name: "public-subnet",
        cidr: "172.24.0.0/16",
        enable_dhcp: false,
        gateway_ip: "172.24.0.1",
        allocation_pools: [{ start: "172.24.0.2", end: "172.24.255.254" }],
      },
    ],
  },
];

export const networksIn = (records: Records): SeededCollection<Network> =>
  seededCollection(records, "NETWORKS", seedNetworks);

/** Throws `no-such` for an invisible network. @calls GetItem */
export async function getNetwork(
  records: Records,
  id: string,
  scope: ProjectScope,
): Promise<Network> {
  const found = await networksIn(records).findById(id);
  if (!found || !isVisible(scope, found)) throw new Fault({ kind: "no-such", what: "network", id });
  return found;
}

/** Throws `no-such` for a subnet of an invisible network. @calls Query */
export async function getSubnet(
  records: Records,
  id: string,
  scope: ProjectScope,
): Promise<{ network: Network; subnet: Subnet }> {
  const all = await networksIn(records).all();
  for (const network of all.filter((one) => isVisible(scope, one)))
    for (const subnet of network.subnets) if (subnet.id === id) return { network, subnet };
  throw new Fault({ kind: "no-such", what: "subnet", id });
}
