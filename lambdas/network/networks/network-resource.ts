import { boolean, integerIn, listOf, nullable, string } from "../attributes.ts";
import { resourceType } from "../resource.ts";
import { networkView } from "./views.ts";

/** neutron_lib/api/definitions: network, external_net, provider_net, port_security, network_mtu. */
export const networkResource = resourceType({
  singular: "network",
  plural: "networks",
  attributes: {
    name: { parse: string(), default: "" },
    description: { parse: string(), default: "" },
    admin_state_up: { parse: boolean, default: true },
    shared: { parse: boolean, default: false, adminOnly: true },
    "router:external": { parse: boolean, default: false, adminOnly: true },
    is_default: { parse: boolean, default: false, adminOnly: true },
    port_security_enabled: { parse: boolean, default: true },
    mtu: { parse: integerIn(68, 65_535), default: 1442 },
    dns_domain: { parse: string(), default: "" },
    availability_zone_hints: { parse: listOf(string()), default: [], createOnly: true },
    "provider:network_type": {
      parse: string(),
      default: "geneve",
      createOnly: true,
      adminOnly: true,
    },
    "provider:physical_network": {
      parse: nullable(string()),
      default: null,
      createOnly: true,
      adminOnly: true,
    },
    "provider:segmentation_id": {
      parse: nullable(integerIn(1, 16_777_215)),
      default: null,
      createOnly: true,
      adminOnly: true,
    },
  },
  readOnly: ["status", "subnets", "availability_zones", "ipv4_address_scope", "ipv6_address_scope"],
  view: networkView,
});
