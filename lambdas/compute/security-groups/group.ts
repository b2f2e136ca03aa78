import { badRequest, notFound } from "../../core/fault.ts";
import { isUuid } from "../../core/uuid.ts";
import type { SecurityGroup, SecurityGroupRule } from "../../network/model/security-group.ts";
import { securityGroupsIn } from "../../network/repositories/security-groups.ts";
import type { Records } from "../../ports/records.ts";

const textField = { type: "string", minLength: 0, maxLength: 255 } as const;

export const securityGroupBody = {
  type: "object",
  properties: {
    security_group: {
      type: "object",
      properties: { name: textField, description: textField },
      required: ["name", "description"],
      additionalProperties: true,
    },
  },
  required: ["security_group"],
  additionalProperties: true,
} as const;

/** @calls Query */
export async function getGroupOfPath(
  records: Records,
  { project, path }: { readonly project: string; readonly path: { readonly group_id: string } },
): Promise<{ group: SecurityGroup; all: readonly SecurityGroup[] }> {
  assertGroupUuid(path.group_id);
  const all = await securityGroupsIn(records).all({ project, allProjects: false });
  const group = all.find(({ id }) => id === path.group_id.toLowerCase());
  if (!group) throw notFound("security_group", path.group_id);
  return { group, all };
}

export function assertGroupUuid(id: string): void {
  if (!isUuid(id)) throw badRequest("Security group id should be uuid");
}

/** Nova shows only ingress rules. */
export const novaSecurityGroupView = (group: SecurityGroup, all: readonly SecurityGroup[]) => ({
  id: group.id,
  name: group.name,
  description: group.description,
  tenant_id: group.project_id,
  rules: group.security_group_rules
    .filter(({ direction }) => direction === "ingress")
    .flatMap((rule) => {
      const source = all.find(({ id }) => id === rule.remote_group_id) ?? null;
      return rule.remote_group_id !== null && !source
        ? []
        : [novaSecurityGroupRuleView(rule, source)];
    }),
});

export const novaSecurityGroupRuleView = (
  rule: SecurityGroupRule,
  source: SecurityGroup | null,
) => ({
  id: rule.id,
  parent_group_id: rule.security_group_id,
  ip_protocol: rule.protocol,
  ...portRangeView(rule),
  group: source ? { name: source.name, tenant_id: source.project_id } : {},
  ip_range: source ? {} : { cidr: rule.remote_ip_prefix ?? "0.0.0.0/0" },
});

function portRangeView({ protocol, port_range_min, port_range_max }: SecurityGroupRule) {
  if (protocol === null || port_range_min !== null || port_range_max !== null)
    return { from_port: port_range_min, to_port: port_range_max };
  return ["tcp", "udp"].includes(protocol)
    ? { from_port: 1, to_port: 65_535 }
    : { from_port: -1, to_port: -1 };
}
