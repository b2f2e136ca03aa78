import { notFound } from "../../core/fault.ts";
import type { ProjectScope } from "../../core/project-scope.ts";
import { projectCollection } from "../../ports/project-collection.ts";
import type { Records } from "../../ports/records.ts";
import { defaultGroup, type SecurityGroup } from "../model/security-group.ts";

export const securityGroupsIn = (records: Records) =>
  projectCollection<SecurityGroup>(records, "SECURITY-GROUPS", (project) => [
    defaultGroup(project),
  ]);

/** Throws `no-such`. @calls GetItem */
export async function getSecurityGroup(
  records: Records,
  scope: ProjectScope,
  id: string,
): Promise<SecurityGroup> {
  const group = await securityGroupsIn(records).findById(scope, id);
  if (!group) throw notFound("security_group", id);
  return group;
}

/** Throws `no-such`. @calls Query */
export async function getSecurityGroupRule(records: Records, scope: ProjectScope, id: string) {
  for (const group of await securityGroupsIn(records).all(scope))
    for (const rule of group.security_group_rules) if (rule.id === id) return { group, rule };
  throw notFound("security_group_rule", id);
}
