import { lambda } from "../http/lambda.ts";
import { operation } from "../http/operation.ts";
import { reach } from "./reach.ts";
import { diskConfig, ipv4, ipv6, name } from "./shapes.ts";

/** nova/api/openstack/compute/schemas/servers.py update. */
const body = {
  type: "object",
  properties: {
    server: {
      type: "object",
      properties: {
        name,
        "OS-DCF:diskConfig": diskConfig,
        accessIPv4: ipv4,
        accessIPv6: ipv6,
      },
      additionalProperties: false,
    },
  },
  required: ["server"],
  additionalProperties: false,
} as const;

export const updateServer = operation({
  id: "servers/update-server",
  service: "compute",
  route: "PUT /servers/{server_id}",
  access: { rule: "os_compute_api:servers:update", role: "member" },
  calls: ["UpdateItem", "GetItem"],
  answer: "renamedServer",
  body,
  run(call, world) {
    const { servers } = world.backend();
    const { name, accessIPv4, accessIPv6, "OS-DCF:diskConfig": diskConfig } = call.body.server;
    const to = {
      ...(name !== undefined && { name: name.trim() }),
      ...(accessIPv4 !== undefined && { accessIPv4 }),
      ...(accessIPv6 !== undefined && { accessIPv6 }),
      ...(diskConfig !== undefined && { diskConfig }),
    };
    return reach(call, servers, (project, id) => servers.rename(project, id, to, call.now));
  },
});

export const handler = lambda(updateServer);
