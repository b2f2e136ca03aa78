import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { pendingMembers, serverGroupOwners, serverGroups } from "../repositories/server-groups.ts";
import { getServerGroup } from "./find-group.ts";

const rule = "os_compute_api:os-server-groups:delete";

/** The servers stay. */
export const deleteServerGroup = operation({
  id: "compute/delete-server-group",
  service: "compute",
  route: "DELETE /os-server-groups/{group_id}",
  access: { rule, role: "member" },
  dynamoCalls: ["GetItem", "DeleteItem"],
  answer: "deleted",
  async run(call, environment) {
    const { records } = environment.backend();
    const group = await getServerGroup(records, call, call.path.group_id, rule);
    const { id, project } = group;
    if (!(await records.remove(serverGroups(project), id, group)))
      throw notFound("server-group", id);
    await Promise.all([records.remove(serverGroupOwners, id), records.remove(pendingMembers, id)]);
    return undefined;
  },
});
