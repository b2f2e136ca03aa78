import type { Instant } from "../../core/instant.ts";
import { toIsoSeconds } from "../../core/times.ts";

/** Alias to name. */
const names = {
  agent: "agent",
  "allowed-address-pairs": "Allowed Address Pairs",
  availability_zone: "Availability Zone",
  binding: "Port Binding",
  "default-subnetpools": "Default Subnetpools",
  "ext-gw-mode": "Neutron L3 Configurable external gateway mode",
  "external-net": "Neutron external network",
  extra_dhcp_opt: "Neutron Extra DHCP options",
  extraroute: "Neutron Extra Route",
  "filter-validation": "Filter parameters validation",
  "fip-port-details": "Floating IP Port Details Extension",
  "net-mtu": "Network MTU",
  "net-mtu-writable": "Network MTU (writable)",
  network_availability_zone: "Network Availability Zone",
  pagination: "Pagination support",
  "port-security": "Port Security",
  "project-id": "project_id field enabled",
  provider: "Provider Network",
  quotas: "Quota management support",
  quota_details: "Quota details management support",
  router: "Neutron L3 Router",
  router_availability_zone: "Router Availability Zone",
  "security-group": "security-group",
  sorting: "Sorting support",
  "standard-attr-description": "standard-attr-description",
  "standard-attr-revisions": "Resource revision numbers",
  "standard-attr-tag":
    "Tag support for resources with standard attribute: floatingip, network, port, router, security_group, subnet",
  "standard-attr-timestamp": "Resource timestamps",
  "stateful-security-group": "Stateful security group",
} as const;

const since: Instant = Date.UTC(2016, 0, 1);

export const extensions = Object.entries(names).map(([alias, name]) => ({
  alias,
  name,
  description: name,
  updated: `${toIsoSeconds(since)}-00:00`,
  links: [],
}));
