import type { Instant } from "../../core/instant.ts";
import type { ProjectScope } from "../../core/project-scope.ts";
import type { Pool } from "./cidr.ts";

/** Members have Neutron's names: clients filter and sort by them. */
export interface Network extends StandardAttributes {
  readonly name: string;
  readonly description: string;
  readonly admin_state_up: boolean;
  readonly shared: boolean;
  readonly "router:external": boolean;
  readonly is_default: boolean;
  readonly port_security_enabled: boolean;
  readonly mtu: number;
  readonly dns_domain: string;
  readonly availability_zone_hints: readonly string[];
  readonly "provider:network_type": string;
  readonly "provider:physical_network": string | null;
  readonly "provider:segmentation_id": number | null;
  /** Stored in the network, so that concurrent requests cannot add overlapping subnets. */
  readonly subnets: readonly Subnet[];
}

export interface Subnet extends StandardAttributes {
  readonly network_id: string;
  readonly name: string;
  readonly description: string;
  readonly ip_version: 4 | 6;
  readonly cidr: string;
  readonly gateway_ip: string | null;
  readonly enable_dhcp: boolean;
  readonly allocation_pools: readonly Pool[];
  readonly dns_nameservers: readonly string[];
  readonly host_routes: readonly { readonly destination: string; readonly nexthop: string }[];
  readonly ipv6_ra_mode: string | null;
  readonly ipv6_address_mode: string | null;
  readonly dns_publish_fixed_ip: boolean;
  readonly service_types: readonly string[];
}

/** neutron_lib/db/standard_attr.py. */
export interface StandardAttributes {
  readonly id: string;
  readonly project_id: string;
  readonly tags: readonly string[];
  readonly created: Instant;
  readonly updated: Instant;
  readonly revision: number;
}

export const isVisible = (
  { project, allProjects }: ProjectScope,
  { project_id, shared, "router:external": external }: Network,
): boolean => allProjects || shared || external || project_id === project;

export const isInScope = (
  { project, allProjects }: ProjectScope,
  { project_id }: StandardAttributes,
): boolean => allProjects || project_id === project;

/** Networks for a server that requests none (nova/network/neutron.py:323). */
export const usableByDefault = (all: readonly Network[], project: string): Network[] =>
  all.filter(({ project_id, shared }) => shared || project_id === project);
