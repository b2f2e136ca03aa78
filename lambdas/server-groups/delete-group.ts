import { noSuch } from "../domain/fault.ts";
import { groupOwners, groupSeats, groupShelf } from "../domain/server-group.ts";
import { operation } from "../http/operation.ts";
import { reach } from "./reach.ts";

const rule = "os_compute_api:os-server-groups:delete";

/** Its servers stay. */
export const deleteGroup = operation({
  id: "server-groups/delete-group",
  service: "compute",
  route: "DELETE /os-server-groups/{group_id}",
  access: { rule, role: "member" },
  calls: ["GetItem", "DeleteItem"],
  answer: "deleted",
  async run(call, world) {
    const { records } = world.backend();
    const { id, project } = await reach(records, call, call.path.group_id, rule);
    if (!(await records.remove(groupShelf(project), id))) throw noSuch("server-group", id);
    await Promise.all([records.remove(groupOwners, id), records.remove(groupSeats, id)]);
    return undefined;
  },
});
