import { conflict } from "../../core/fault.ts";
import { defaultSecurityGroup } from "./defaults.ts";
import type { Kept } from "./network.ts";

export interface SecurityGroup extends Kept {
  readonly name: string;
  readonly description: string;
  readonly stateful: boolean;
  readonly shared: boolean;
  /** Kept inside, so that two alike cannot be added at once. */
  readonly security_group_rules: readonly Rule[];
}

export interface Rule extends Kept {
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

/** What every new group lets out (neutron/db/securitygroups_db.py:96). */
export const outgoing = (group: Kept, ids: readonly string[]): Rule[] =>
  ethertypes.map((ethertype, i) => rule(group, ids[i] ?? "", { direction: "egress", ethertype }));

export const rule = (
  { id, project_id, created, updated }: Kept,
  ruleId: string,
  says: Pick<Rule, "direction" | "ethertype"> & Partial<Rule>,
): Rule => ({
  ...anything,
  ...{ project_id, created, updated, tags: [], revision: 0 },
  id: ruleId,
  security_group_id: id,
  ...says,
});

export const beginning = Date.UTC(2026, 0, 1);

/** The group every project has: all may go out, and in from the group itself. */
export function defaultGroup(project: string): SecurityGroup {
  const id = idOf(project, 0);
  const kept: Kept = {
    id,
    project_id: project,
    tags: [],
    created: beginning,
    updated: beginning,
    revision: 0,
  };
  return {
    ...kept,
    name: defaultSecurityGroup,
    description: "Default security group",
    stateful: true,
    shared: false,
    security_group_rules: [
      ...outgoing(kept, [idOf(project, 1), idOf(project, 2)]),
      ...ethertypes.map((ethertype, i) =>
        rule(kept, idOf(project, 3 + i), { direction: "ingress", ethertype, remote_group_id: id }),
      ),
    ],
  };
}

/** The same for the same project always (RFC 9562 §5.8 leaves the making of version 8 to us). */
export function idOf(project: string, number: number): string {
  const hex = [0, 1, 2, 3]
    .map((part) => fnv(`${part}:${number}:${project}`).toString(16).padStart(8, "0"))
    .join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** FNV-1a, mixed once more for its last characters to matter everywhere. */
export function fnv(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text)
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}

export const said = [
  ...(["direction", "ethertype", "protocol", "port_range_min", "port_range_max"] as const),
  ...(["remote_ip_prefix", "remote_group_id", "remote_address_group_id"] as const),
];

/** The group with one rule more; throws where it has one that says the same. */
export function withRule(group: SecurityGroup, added: Rule): SecurityGroup {
  const same = group.security_group_rules.find((rule) =>
    said.every((name) => rule[name] === added[name]),
  );
  if (same)
    throw conflict(
      `Security group rule already exists. Rule id is ${same.id}.`,
      "SecurityGroupRuleExists",
    );
  return { ...group, security_group_rules: [...group.security_group_rules, added] };
}
