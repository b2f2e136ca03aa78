import { Fault, noSuch } from "../../core/fault.ts";
import { type Caller, holds } from "../../identity/model/identity.ts";
import type { Records } from "../../ports/records.ts";
import { groupOwners, groupShelf, type ServerGroup } from "../repositories/server-groups.ts";

/**
 * The group of that id: Nova finds any, and then asks its policy whether the caller may see it, so
 * that another project's is 403 (nova/api/openstack/compute/server_groups.py show). (GetItem)
 */
export async function getServerGroup(
  records: Records,
  { caller, project }: { readonly caller: Caller; readonly project: string },
  id: string,
  rule: string,
): Promise<ServerGroup> {
  const own = await records.get(groupShelf(project), id);
  if (own) return own;
  const owner = await records.get(groupOwners, id);
  if (owner && owner.project !== project && !holds(caller, "admin"))
    throw new Fault({ kind: "forbidden", rule });
  const group = owner && (await records.get(groupShelf(owner.project), id));
  if (!group) throw noSuch("server-group", id);
  return group;
}
