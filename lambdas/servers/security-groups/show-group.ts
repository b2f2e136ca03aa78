import { malformed, noSuch } from "../../domain/fault.ts";
import { groupsIn } from "../../domain/network/security-groups.ts";
import { isUuid } from "../../domain/uuid.ts";
import { operation } from "../../http/operation.ts";
import { groupShown } from "./group.ts";

export const showGroup = operation({
  id: "servers/security-groups/show-group",
  service: "compute",
  route: "GET /os-security-groups/{group_id}",
  access: { rule: "os_compute_api:os-security-groups:show", role: "reader" },
  versions: { until: 35 },
  calls: ["Query"],
  answer: "document",
  async run({ project, path }, world) {
    if (!isUuid(path.group_id)) throw malformed("Security group id should be uuid");
    const all = await groupsIn(world.backend().records).all({ project, everywhere: false });
    const group = all.find(({ id }) => id === path.group_id.toLowerCase());
    if (!group) throw noSuch("security_group", path.group_id);
    return { security_group: groupShown(group, all) };
  },
});
