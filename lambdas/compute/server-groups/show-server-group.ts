import { operation } from "../../http/operation.ts";
import { groupMembers } from "../repositories/server-groups.ts";
import { getServerGroup } from "./find-group.ts";
import { serverGroupView } from "./group-view.ts";

const rule = "os_compute_api:os-server-groups:show";

export const showServerGroup = operation({
  id: "compute/show-server-group",
  service: "compute",
  route: "GET /os-server-groups/{group_id}",
  access: { rule, role: "reader" },
  dynamoCalls: ["GetItem", "Query"],
  answer: "ok",
  async run(call, environment) {
    const { servers, records } = environment.backend();
    const group = await getServerGroup(records, call, call.path.group_id, rule);
    const members = await groupMembers(servers, group.project, call.now);
    return { server_group: serverGroupView(group, members.get(group.id) ?? [], call.microversion) };
  },
});
