import { Fault, notFound } from "../../core/fault.ts";
import { type Caller, hasRole } from "../../identity/model/identity.ts";
import type { Records } from "../../ports/records.ts";
import {
  type ServerGroup,
  serverGroupOwners,
  serverGroups,
} from "../repositories/server-groups.ts";

/**
 * Another project's group is 403: Nova finds it and then checks its policy.
 * @calls GetItem
 */
export async function getServerGroup(
  records: Records,
  { caller, project }: { readonly caller: Caller; readonly project: string },
  id: string,
  rule: string,
): Promise<ServerGroup> {
  const own = await records.get(serverGroups(project), id);
  if (own) return own;
  const owner = await records.get(serverGroupOwners, id);
  if (owner && owner.project !== project && !hasRole(caller, "admin"))
    throw new Fault({ kind: "forbidden", rule });
  const group = owner && (await records.get(serverGroups(owner.project), id));
  if (!group) throw notFound("server-group", id);
  return group;
}
