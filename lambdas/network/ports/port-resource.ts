import {
  boolean,
  dict,
  fixedIpRequest,
  listOf,
  macString,
  optional,
  string,
  uuidString,
} from "../attributes.ts";
import { portDefaults } from "../model/port.ts";
import { resourceType } from "../resource.ts";
import { portView } from "./views.ts";

/** neutron_lib/api/definitions: port, portbindings, port_security, securitygroup, dns. */
export const portResource = resourceType({
  singular: "port",
  plural: "ports",
  attributes: {
    network_id: { parse: uuidString, createOnly: true },
    name: { parse: string(), default: "" },
    description: { parse: string(), default: "" },
    admin_state_up: { parse: boolean, default: true },
    mac_address: optional({ parse: macString, default: undefined }),
    fixed_ips: optional({ parse: listOf(fixedIpRequest), default: undefined }),
    security_groups: optional({ parse: listOf(uuidString), default: undefined }),
    device_id: { parse: string(), default: "" },
    device_owner: { parse: string(), default: "" },
    "binding:host_id": { parse: string(), default: "", adminOnly: true },
    "binding:vnic_type": { parse: string(), default: "normal" },
    "binding:profile": { parse: dict, default: portDefaults["binding:profile"], adminOnly: true },
    port_security_enabled: { parse: boolean, default: true },
    allowed_address_pairs: { parse: listOf(dict), default: [] },
    extra_dhcp_opts: { parse: listOf(dict), default: [] },
    dns_name: { parse: string(), default: "" },
    propagate_uplink_status: { parse: boolean, default: true, createOnly: true },
  },
  readOnly: [
    ...["status", "binding:vif_type", "binding:vif_details", "dns_assignment", "qos_policy_id"],
    ...["qos_network_policy_id", "resource_request", "ip_allocation", "dns_domain"],
  ],
  view: portView,
});
