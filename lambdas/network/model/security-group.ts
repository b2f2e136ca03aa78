import { conflict } from "../../core/fault.ts";
import { defaultSecurityGroup } from "./defaults.ts";
import type { StandardAttributes } from "./network.ts";

export interface SecurityGroup extends StandardAttributes {
  readonly name: string;
  readonly description: string;
  readonly stateful: boolean;
  readonly shared: boolean;
  /** Stored in the group, so that concurrent requests cannot add equal rules. */
  readonly security_group_rules: readonly SecurityGroupRule[];
}

export interface SecurityGroupRule extends StandardAttributes {
  readonly security_group_id: string;
  readonly description: string;
  readonly direction: "ingress" | "egress";
  readonly ethertype: "IPv4" | "IPv6";
  readonly protocol: string | null;
  readonly port_range_min: number | null;
  readonly port_range_max: number | null;
  readonly remote_ip_prefix: string | null;
  readonly remote_group_id: string | null;
  readonly remote_address_group_id: string | null;
}

export const anything = {
  description: "",
  protocol: null,
  port_range_min: null,
  port_range_max: null,
  remote_ip_prefix: null,
  remote_group_id: null,
  remote_address_group_id: null,
} as const;

export const ethertypes = ["IPv4", "IPv6"] as const;

/** neutron/db/securitygroups_db.py:96. */
export const egressRules = (
  group: StandardAttributes,
  ids: readonly string[],
): SecurityGroupRule[] =>
  ethertypes.map((ethertype, i) =>
    newRule(group, ids[i] ?? "", { direction: "egress", ethertype }),
  );

export const newRule = (
  { id, project_id, created, updated }: StandardAttributes,
  ruleId: string,
  attributes: Pick<SecurityGroupRule, "direction" | "ethertype"> & Partial<SecurityGroupRule>,
): SecurityGroupRule => ({
  ...anything,
  ...{ project_id, created, updated, tags: [], revision: 0 },
  id: ruleId,
  security_group_id: id,
  ...attributes,
});

export const beginning = Date.UTC(2026, 0, 1);

/** Allows all egress, and ingress from the group itself. */
export function defaultGroup(project: string): SecurityGroup {
  const id = derivedId(project, 0);
  const standardAttributes: StandardAttributes = {
    id,
    project_id: project,
    tags: [],
    created: beginning,
    updated: beginning,
    revision: 0,
  };
  return {
    ...standardAttributes,
    name: defaultSecurityGroup,
    description: "Default security group",
    stateful: true,
    shared: false,
    security_group_rules: [
      ...egressRules(standardAttributes, [derivedId(project, 1), derivedId(project, 2)]),
      ...ethertypes.map((ethertype, i) =>
        newRule(standardAttributes, derivedId(project, 3 + i), {
          direction: "ingress",
          ethertype,
          remote_group_id: id,
        }),
      ),
    ],
  };
}

/** Deterministic UUID, version 8 (RFC 9562 §5.8). */
export function derivedId(project: string, index: number): string {
  const hex = [0, 1, 2, 3]
    .map((part) => fnv1a(`${part}:${index}:${project}`).toString(16).padStart(8, "0"))
    .join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** FNV-1a with a final mix, so that the last characters affect all bits. */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text)
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}

export const comparedAttributes = [
  ...(["direction", "ethertype", "protocol", "port_range_min", "port_range_max"] as const),
  ...(["remote_ip_prefix", "remote_group_id", "remote_address_group_id"] as const),
];

/** Throws `conflict` if the group has an equal rule. */
export function addRule(group: SecurityGroup, added: SecurityGroupRule): SecurityGroup {
  const same = group.security_group_rules.find((rule) =>
    comparedAttributes.every((name) => rule[name] === added[name]),
  );
  if (same)
    throw conflict(
      `Security group rule already exists. Rule id is ${same.id}.`,
      "SecurityGroupRuleExists",
    );
  return { ...group, security_group_rules: [...group.security_group_rules, added] };
}
