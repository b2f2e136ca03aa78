import { notFound } from "../../core/fault.ts";
import type { Records } from "../../ports/records.ts";
import { defaultGroup } from "../model/security-group.ts";
import { securityGroupsIn } from "../repositories/security-groups.ts";

/** A port is in groups of its own project. (Query, optional it is the default one alone) */
export async function assertGroupsExist(
  records: Records,
  project: string,
  asked: readonly string[],
): Promise<void> {
  const others = asked.filter((id) => id !== defaultGroup(project).id);
  if (others.length === 0) return;
  const all = await securityGroupsIn(records).all({ project, allProjects: false });
  const unknown = others.find((id) => !all.some((group) => group.id === id));
  if (unknown !== undefined) throw notFound("security_group", unknown);
}
