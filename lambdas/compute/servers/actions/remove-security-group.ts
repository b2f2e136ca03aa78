import { operation } from "../../../http/operation.ts";
import { named, regroup } from "../../security-groups/port-security-groups.ts";
import { serverOf } from "../find-server.ts";

export const removeSecurityGroup = operation({
  id: "compute/remove-security-group",
  service: "compute",
  route: "POST /servers/{server_id}/action",
  action: "removeSecurityGroup",
  function: "compute/server-action",
  access: { rule: "os_compute_api:os-security-groups:remove", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem", "UpdateItem"],
  answer: "accepted",
  body: {
    type: "object",
    properties: { removeSecurityGroup: named },
    required: ["removeSecurityGroup"],
  },
  async run(call, world) {
    const { servers } = world.backend();
    const { name } = call.body.removeSecurityGroup;
    const server = await serverOf(call, servers);
    await regroup(world.backend(), server, {
      name,
      now: call.now,
      to: (was, group) => (was.includes(group) ? was.filter((id) => id !== group) : null),
    });
    return undefined;
  },
});
