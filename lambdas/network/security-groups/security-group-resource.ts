import { boolean, cidrString, nullable, oneOf, string, uuidString } from "../attributes.ts";
import { resourceType } from "../resource.ts";
import { portNumber, protocol } from "./protocol.ts";
import { securityGroupRuleView, securityGroupView } from "./views.ts";

/** neutron/extensions/securitygroup.py. */
export const securityGroupResource = resourceType({
  singular: "security_group",
  plural: "security_groups",
  attributes: {
    name: { parse: string() },
    description: { parse: string(), default: "" },
    stateful: { parse: boolean, default: true },
  },
  readOnly: ["security_group_rules", "shared"],
  view: securityGroupView,
});

export const securityGroupRuleResource = resourceType({
  singular: "security_group_rule",
  plural: "security_group_rules",
  attributes: {
    security_group_id: { parse: uuidString, createOnly: true },
    direction: { parse: oneOf(["ingress", "egress"]), createOnly: true },
    ethertype: { parse: oneOf(["IPv4", "IPv6"]), default: "IPv4" as const, createOnly: true },
    protocol: { parse: protocol, default: null, createOnly: true },
    port_range_min: { parse: portNumber, default: null, createOnly: true },
    port_range_max: { parse: portNumber, default: null, createOnly: true },
    remote_ip_prefix: { parse: nullable(cidrString), default: null, createOnly: true },
    remote_group_id: { parse: nullable(uuidString), default: null, createOnly: true },
    remote_address_group_id: { parse: nullable(uuidString), default: null, createOnly: true },
    description: { parse: string(), default: "", createOnly: true },
  },
  readOnly: ["normalized_cidr", "belongs_to_default_sg"],
  view: securityGroupRuleView,
});
