import { badRequest } from "../../core/fault.ts";
import {
  atMost,
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

/** neutron_lib/exceptions/__init__.py; the limits are of neutron/conf/common.py. */
const exhausted = (what: string, type: string) => (limit: number) =>
  badRequest(
    `Unable to complete operation for new subnet. The number of ${what} exceeds the limit ${limit}.`,
    type,
  );

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
    dns_nameservers: {
      parse: atMost(5, listOf(ipString), exhausted("DNS nameservers", "DNSNameServersExhausted")),
      default: [],
    },
    host_routes: {
      parse: atMost(20, listOf(hostRoute), exhausted("host routes", "HostRoutesExhausted")),
      default: [],
    },
    ipv6_ra_mode: { parse: nullable(oneOf(modes)), default: null, createOnly: true },
    ipv6_address_mode: { parse: nullable(oneOf(modes)), default: null, createOnly: true },
    dns_publish_fixed_ip: { parse: boolean, default: false },
    service_types: { parse: listOf(string()), default: [] },
  },
  readOnly: ["subnetpool_id", "segment_id"],
  view: subnetView,
});
