import {
  type Attribute,
  boolean,
  listOf,
  mac,
  object,
  text,
  uuid,
  wantedIp,
} from "../attributes.ts";
import { type Port, portDefaults } from "../model/port.ts";
import { kindOf, shownAlways } from "../resource.ts";

const unless = <T>(attribute: Attribute<T | undefined>) => attribute;

/** neutron_lib/api/definitions: port, portbindings, port_security, securitygroup, dns. */
export const portKind = kindOf({
  singular: "port",
  plural: "ports",
  attributes: {
    network_id: { reads: uuid, fixed: true },
    name: { reads: text(), otherwise: "" },
    description: { reads: text(), otherwise: "" },
    admin_state_up: { reads: boolean, otherwise: true },
    mac_address: unless({ reads: mac, otherwise: undefined }),
    fixed_ips: unless({ reads: listOf(wantedIp), otherwise: undefined }),
    security_groups: unless({ reads: listOf(uuid), otherwise: undefined }),
    device_id: { reads: text(), otherwise: "" },
    device_owner: { reads: text(), otherwise: "" },
    "binding:host_id": { reads: text(), otherwise: "", admin: true },
    "binding:vnic_type": { reads: text(), otherwise: "normal" },
    "binding:profile": { reads: object, otherwise: portDefaults["binding:profile"], admin: true },
    port_security_enabled: { reads: boolean, otherwise: true },
    allowed_address_pairs: { reads: listOf(object), otherwise: [] },
    extra_dhcp_opts: { reads: listOf(object), otherwise: [] },
    dns_name: { reads: text(), otherwise: "" },
    propagate_uplink_status: { reads: boolean, otherwise: true, fixed: true },
  },
  told: [
    ...["status", "binding:vif_type", "binding:vif_details", "dns_assignment", "qos_policy_id"],
    ...["qos_network_policy_id", "resource_request", "ip_allocation", "dns_domain"],
  ],
  shown: ({ created, updated, revision, made: _, ...rest }: Port) => ({
    ...rest,
    ...shownAlways({ created, updated, revision, ...rest }),
    status: rest.device_id !== "" && rest.admin_state_up ? "ACTIVE" : "DOWN",
    "binding:vif_type": rest["binding:host_id"] === "" ? "unbound" : "ovs",
    "binding:vif_details": rest["binding:host_id"] === "" ? {} : { port_filter: true },
    dns_assignment: [],
    dns_domain: "",
    ip_allocation: rest.fixed_ips.length > 0 ? "immediate" : "none",
    qos_policy_id: null,
    qos_network_policy_id: null,
    resource_request: null,
  }),
});
