import {
  type Attribute,
  address,
  boolean,
  cidr,
  listOf,
  nullable,
  oneOf,
  route,
  shape,
  text,
  uuid,
  whole,
} from "../attributes.ts";
import type { Subnet } from "../model/network.ts";
import { kindOf, shownAlways } from "../resource.ts";

const modes = ["dhcpv6-stateful", "dhcpv6-stateless", "slaac"] as const;

const unless = <T>(attribute: Attribute<T | undefined>) => attribute;

/** neutron_lib/api/definitions/subnet.py. */
export const subnetKind = kindOf({
  singular: "subnet",
  plural: "subnets",
  attributes: {
    network_id: { reads: uuid, fixed: true },
    name: { reads: text(), otherwise: "" },
    description: { reads: text(), otherwise: "" },
    ip_version: { reads: whole(4, 6), fixed: true },
    cidr: { reads: nullable(cidr), otherwise: null, fixed: true },
    // left out and null are not the same: the first address, and none
    gateway_ip: unless({ reads: nullable(address), otherwise: undefined }),
    enable_dhcp: { reads: boolean, otherwise: true },
    allocation_pools: unless({
      reads: listOf(shape({ start: address, end: address })),
      otherwise: undefined,
    }),
    dns_nameservers: { reads: listOf(address), otherwise: [] },
    host_routes: { reads: listOf(route), otherwise: [] },
    ipv6_ra_mode: { reads: nullable(oneOf(modes)), otherwise: null, fixed: true },
    ipv6_address_mode: { reads: nullable(oneOf(modes)), otherwise: null, fixed: true },
    dns_publish_fixed_ip: { reads: boolean, otherwise: false },
    service_types: { reads: listOf(text()), otherwise: [] },
  },
  told: ["subnetpool_id", "segment_id"],
  shown: ({ created, updated, revision, ...rest }: Subnet) => ({
    ...rest,
    ...shownAlways({ created, updated, revision, ...rest }),
    subnetpool_id: null,
    segment_id: null,
  }),
});
