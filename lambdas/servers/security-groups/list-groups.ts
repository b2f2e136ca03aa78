import { groupsIn } from "../../domain/network/security-groups.ts";
import { operation } from "../../http/operation.ts";
import { groupShown } from "./group.ts";

/** Neutron's, as Nova once showed its own: `openstack server add security group` looks here. */
export const listGroups = operation({
  id: "servers/security-groups/list-groups",
  service: "compute",
  route: "GET /os-security-groups",
  access: { rule: "os_compute_api:os-security-groups:get", role: "reader" },
  versions: { until: 35 },
  calls: ["Query"],
  answer: "document",
  async run({ project }, world) {
    const all = await groupsIn(world.backend().records).all({ project, everywhere: false });
    return { security_groups: all.map((group) => groupShown(group, all)) };
  },
});
