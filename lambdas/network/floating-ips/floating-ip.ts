import { address, nullable, text, uuid } from "../attributes.ts";
import type { FloatingIp } from "../model/floating-ip.ts";
import { kindOf, shownAlways } from "../resource.ts";

/** neutron_lib/api/definitions/l3.py. */
export const floatingIpKind = kindOf({
  singular: "floatingip",
  plural: "floatingips",
  attributes: {
    floating_network_id: { reads: uuid, fixed: true },
    floating_ip_address: { reads: nullable(address), otherwise: null, fixed: true },
    subnet_id: { reads: nullable(uuid), otherwise: null, fixed: true },
    port_id: { reads: nullable(uuid), otherwise: null },
    fixed_ip_address: { reads: nullable(address), otherwise: null },
    description: { reads: text(), otherwise: "" },
    dns_name: { reads: text(), otherwise: "", fixed: true },
    dns_domain: { reads: text(), otherwise: "", fixed: true },
  },
  told: ["router_id", "status", "port_details", "port_forwardings", "qos_policy_id"],
  shown: ({ created, updated, revision, subnet_id: _, ...rest }: FloatingIp) => ({
    ...rest,
    ...shownAlways({ created, updated, revision, ...rest }),
    status: rest.port_id === null ? "DOWN" : "ACTIVE",
    port_details: null,
    port_forwardings: [],
    qos_policy_id: null,
  }),
});
