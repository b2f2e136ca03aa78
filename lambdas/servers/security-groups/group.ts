import type { Rule, SecurityGroup } from "../../domain/network/security-groups.ts";

/** A group as Nova shows Neutron's (nova/network/security_group_api.py:272): what may come in. */
export const groupShown = (group: SecurityGroup, all: readonly SecurityGroup[]) => ({
  id: group.id,
  name: group.name,
  description: group.description,
  tenant_id: group.project_id,
  rules: group.security_group_rules
    .filter(({ direction }) => direction === "ingress")
    .flatMap((rule) => {
      const source = all.find(({ id }) => id === rule.remote_group_id);
      if (rule.remote_group_id !== null && !source) return [];
      return [
        {
          id: rule.id,
          parent_group_id: group.id,
          ip_protocol: rule.protocol,
          ...ports(rule),
          group: source ? { name: source.name, tenant_id: source.project_id } : {},
          ip_range: source ? {} : { cidr: rule.remote_ip_prefix ?? "0.0.0.0/0" },
        },
      ];
    }),
});

function ports({ protocol, port_range_min, port_range_max }: Rule) {
  if (protocol === null || port_range_min !== null || port_range_max !== null)
    return { from_port: port_range_min, to_port: port_range_max };
  return ["tcp", "udp"].includes(protocol)
    ? { from_port: 1, to_port: 65_535 }
    : { from_port: -1, to_port: -1 };
}
