import { boolean, listOf, nullable, text, whole } from "../attributes.ts";
import type { Network } from "../model/network.ts";
import { kindOf, shownAlways } from "../resource.ts";

/** neutron_lib/api/definitions: network, external_net, provider_net, port_security, network_mtu. */
export const networkKind = kindOf({
  singular: "network",
  plural: "networks",
  attributes: {
    name: { reads: text(), otherwise: "" },
    description: { reads: text(), otherwise: "" },
    admin_state_up: { reads: boolean, otherwise: true },
    shared: { reads: boolean, otherwise: false, admin: true },
    "router:external": { reads: boolean, otherwise: false, admin: true },
    is_default: { reads: boolean, otherwise: false, admin: true },
    port_security_enabled: { reads: boolean, otherwise: true },
    mtu: { reads: whole(68, 65_535), otherwise: 1442 },
    dns_domain: { reads: text(), otherwise: "" },
    availability_zone_hints: { reads: listOf(text()), otherwise: [], fixed: true },
    "provider:network_type": { reads: text(), otherwise: "geneve", fixed: true, admin: true },
    "provider:physical_network": {
      reads: nullable(text()),
      otherwise: null,
      fixed: true,
      admin: true,
    },
    "provider:segmentation_id": {
      reads: nullable(whole(1, 16_777_215)),
      otherwise: null,
      fixed: true,
      admin: true,
    },
  },
  told: ["status", "subnets", "availability_zones", "ipv4_address_scope", "ipv6_address_scope"],
  shown: ({ created, updated, revision, subnets, ...rest }: Network) => ({
    ...rest,
    ...shownAlways({ created, updated, revision, ...rest }),
    status: "ACTIVE",
    subnets: subnets.map(({ id }) => id),
    availability_zones: ["nova"],
    ipv4_address_scope: null,
    ipv6_address_scope: null,
  }),
});
