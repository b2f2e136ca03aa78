import { operation } from "../../../http/operation.ts";
import { groupNameField, updatePortGroups } from "../../security-groups/port-security-groups.ts";
import { getServer } from "../find-server.ts";

export const addSecurityGroup = operation({
  id: "compute/add-security-group",
  service: "compute",
  route: "POST /servers/{server_id}/action",
  action: "addSecurityGroup",
  function: "compute/server-action",
  access: { rule: "os_compute_api:os-security-groups:add", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem", "UpdateItem"],
  answer: "accepted",
  body: {
    type: "object",
    properties: { addSecurityGroup: groupNameField },
    required: ["addSecurityGroup"],
  },
  async run(call, environment) {
    const { servers } = environment.backend();
    const { name } = call.body.addSecurityGroup;
    const server = await getServer(call, servers);
    await updatePortGroups(environment.backend(), server, {
      name,
      now: call.now,
      to: (was, group) => [...new Set([...was, group])],
    });
    return undefined;
  },
});
