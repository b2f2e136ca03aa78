import { boolean, cidr, nullable, oneOf, text, uuid } from "../attributes.ts";
import type { SecurityGroup, SecurityGroupRule } from "../model/security-group.ts";
import { kindOf, shownAlways } from "../resource.ts";
import { portNumber, protocol } from "./protocol.ts";

/** neutron/extensions/securitygroup.py. */
export const securityGroupKind = kindOf({
  singular: "security_group",
  plural: "security_groups",
  attributes: {
    name: { reads: text() },
    description: { reads: text(), otherwise: "" },
    stateful: { reads: boolean, otherwise: true },
  },
  told: ["security_group_rules", "shared"],
  shown: ({ created, updated, revision, ...rest }: SecurityGroup) => ({
    ...rest,
    ...shownAlways({ created, updated, revision, ...rest }),
    security_group_rules: rest.security_group_rules.map(ruleShown),
  }),
});

const ruleShown = ({ created, updated, revision, ...rest }: SecurityGroupRule) => ({
  ...rest,
  ...shownAlways({ created, updated, revision, ...rest }),
  normalized_cidr: rest.remote_ip_prefix,
});

export const securityGroupRuleKind = kindOf({
  singular: "security_group_rule",
  plural: "security_group_rules",
  attributes: {
    security_group_id: { reads: uuid, fixed: true },
    direction: { reads: oneOf(["ingress", "egress"]), fixed: true },
    ethertype: { reads: oneOf(["IPv4", "IPv6"]), otherwise: "IPv4" as const, fixed: true },
    protocol: { reads: protocol, otherwise: null, fixed: true },
    port_range_min: { reads: portNumber, otherwise: null, fixed: true },
    port_range_max: { reads: portNumber, otherwise: null, fixed: true },
    remote_ip_prefix: { reads: nullable(cidr), otherwise: null, fixed: true },
    remote_group_id: { reads: nullable(uuid), otherwise: null, fixed: true },
    remote_address_group_id: { reads: nullable(uuid), otherwise: null, fixed: true },
    description: { reads: text(), otherwise: "", fixed: true },
  },
  told: ["normalized_cidr", "belongs_to_default_sg"],
  shown: ruleShown,
});
