import { operation } from "../../http/operation.ts";
import { canonicalIp } from "../../network/model/cidr.ts";
import { withServerProject } from "./find-server.ts";
import { description, diskConfig, hostname, ipv4, ipv6, name } from "./schema-fields.ts";
import { withUserData } from "./user-data.ts";

/** nova/api/openstack/compute/schemas/servers.py update to update_v294. */
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
        description,
        hostname,
      },
      additionalProperties: false,
    },
  },
  required: ["server"],
  additionalProperties: false,
} as const;

export const updateServer = operation({
  id: "compute/update-server",
  service: "compute",
  route: "PUT /servers/{server_id}",
  function: "own",
  access: { rule: "os_compute_api:servers:update", role: "member" },
  dynamoCalls: ["UpdateItem", "GetItem"],
  answer: "updatedServer",
  body,
  async run(call, environment) {
    const { servers } = environment.backend();
    const { name, description, hostname, accessIPv4, accessIPv6, ...rest } = call.body.server;
    const diskConfig = rest["OS-DCF:diskConfig"];
    const changes = {
      ...(name !== undefined && { name: name.trim() }),
      ...(description !== undefined && { description }),
      ...(hostname !== undefined && { hostname }),
      ...(accessIPv4 !== undefined && { accessIPv4 }),
      ...(accessIPv6 !== undefined && { accessIPv6: canonicalIp(accessIPv6) }),
      ...(diskConfig !== undefined && { diskConfig }),
    };
    const server = await withServerProject(call, servers, (project, id) =>
      servers.update(project, id, changes, call.now),
    );
    return call.microversion < 75 ? server : withUserData(server, call, servers);
  },
});
