import { notFound } from "../../core/fault.ts";
import type { Records } from "../../ports/records.ts";
import { defaultGroup } from "../model/security-group.ts";
import { securityGroupsIn } from "../repositories/security-groups.ts";

/** Accepts groups of the port's project only. Throws `no-such`. @calls Query */
export async function assertGroupsExist(
  records: Records,
  project: string,
  requested: readonly string[],
): Promise<void> {
  const unverified = requested.filter((id) => id !== defaultGroup(project).id);
  if (unverified.length === 0) return;
  const all = await securityGroupsIn(records).all({ project, allProjects: false });
  const unknown = unverified.find((id) => !all.some((group) => group.id === id));
  if (unknown !== undefined) throw notFound("security_group", unknown);
}
