import { ipString, nullable, string, uuidString } from "../attributes.ts";
import { resourceType } from "../resource.ts";
import { floatingIpView } from "./views.ts";

/** neutron_lib/api/definitions/l3.py. */
export const floatingIpResource = resourceType({
  singular: "floatingip",
  plural: "floatingips",
  attributes: {
    floating_network_id: { parse: uuidString, createOnly: true },
    floating_ip_address: { parse: nullable(ipString), default: null, createOnly: true },
    subnet_id: { parse: nullable(uuidString), default: null, createOnly: true },
    port_id: { parse: nullable(uuidString), default: null },
    fixed_ip_address: { parse: nullable(ipString), default: null },
    description: { parse: string(), default: "" },
    dns_name: { parse: string(), default: "", createOnly: true },
    dns_domain: { parse: string(), default: "", createOnly: true },
  },
  readOnly: ["router_id", "status", "port_details", "port_forwardings", "qos_policy_id"],
  view: floatingIpView,
});
