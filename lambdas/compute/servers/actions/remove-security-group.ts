import { operation } from "../../../http/operation.ts";
import { groupNameField, updatePortGroups } from "../../security-groups/port-security-groups.ts";
import { getServer } from "../find-server.ts";

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
    properties: { removeSecurityGroup: groupNameField },
    required: ["removeSecurityGroup"],
  },
  async run(call, environment) {
    const { servers } = environment.backend();
    const { name } = call.body.removeSecurityGroup;
    const server = await getServer(call, servers);
    await updatePortGroups(environment.backend(), server, {
      name,
      now: call.now,
      to: (was, group) => (was.includes(group) ? was.filter((id) => id !== group) : null),
    });
    return undefined;
  },
});
