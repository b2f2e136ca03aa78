import { noSuch } from "../../core/fault.ts";
import type { Reach } from "../../core/project-scope.ts";
import { ownedIn } from "../../ports/project-collection.ts";
import type { Records } from "../../ports/records.ts";
import { defaultGroup, type SecurityGroup } from "../model/security-group.ts";

/** The groups there are now. */
export const groupsIn = (records: Records) =>
  ownedIn<SecurityGroup>(records, "SECURITY-GROUPS", (project) => [defaultGroup(project)]);

/** (GetItem) */
export async function groupWith(
  records: Records,
  reach: Reach,
  id: string,
): Promise<SecurityGroup> {
  const group = await groupsIn(records).withId(reach, id);
  if (!group) throw noSuch("security_group", id);
  return group;
}

/** The rule, with its group. (Query) */
export async function ruleWith(records: Records, reach: Reach, id: string) {
  for (const group of await groupsIn(records).all(reach))
    for (const rule of group.security_group_rules) if (rule.id === id) return { group, rule };
  throw noSuch("security_group_rule", id);
}
