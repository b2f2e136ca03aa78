import {
  boolean,
  cidrString,
  dictOf,
  hostRoute,
  integerIn,
  ipString,
  listOf,
  nullable,
  oneOf,
  optional,
  string,
  uuidString,
} from "../attributes.ts";
import { resourceType } from "../resource.ts";
import { subnetView } from "./views.ts";

const modes = ["dhcpv6-stateful", "dhcpv6-stateless", "slaac"] as const;

/** neutron_lib/api/definitions/subnet.py. */
export const subnetResource = resourceType({
  singular: "subnet",
  plural: "subnets",
  attributes: {
    network_id: { parse: uuidString, createOnly: true },
    name: { parse: string(), default: "" },
    description: { parse: string(), default: "" },
    ip_version: { parse: integerIn(4, 6), createOnly: true },
    cidr: { parse: nullable(cidrString), default: null, createOnly: true },
    gateway_ip: optional({ parse: nullable(ipString), default: undefined }),
    enable_dhcp: { parse: boolean, default: true },
    allocation_pools: optional({
      parse: listOf(dictOf({ start: ipString, end: ipString })),
      default: undefined,
    }),
    dns_nameservers: { parse: listOf(ipString), default: [] },
    host_routes: { parse: listOf(hostRoute), default: [] },
    ipv6_ra_mode: { parse: nullable(oneOf(modes)), default: null, createOnly: true },
    ipv6_address_mode: { parse: nullable(oneOf(modes)), default: null, createOnly: true },
    dns_publish_fixed_ip: { parse: boolean, default: false },
    service_types: { parse: listOf(string()), default: [] },
  },
  readOnly: ["subnetpool_id", "segment_id"],
  view: subnetView,
});
