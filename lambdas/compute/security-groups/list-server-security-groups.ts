import { operation } from "../../http/operation.ts";
import { portsOfDevice } from "../../network/repositories/ports.ts";
import { securityGroupsIn } from "../../network/repositories/security-groups.ts";
import { getServer } from "../servers/find-server.ts";
import { novaSecurityGroupView } from "./group.ts";

export const listServerSecurityGroups = operation({
  id: "compute/list-server-security-groups",
  service: "compute",
  route: "GET /servers/{server_id}/os-security-groups",
  access: { rule: "os_compute_api:os-security-groups:list", role: "reader" },
  dynamoCalls: ["GetItem", "Query"],
  answer: "ok",
  async run(call, environment) {
    const { servers, records } = environment.backend();
    const server = await getServer(call, servers);
    const ports = await portsOfDevice(records, server.project, server.id);
    const all = await securityGroupsIn(records).all({
      project: server.project,
      allProjects: false,
    });
    const ids = ports.flatMap(({ security_groups }) => security_groups);
    return {
      security_groups: ids.flatMap((id) =>
        all.filter((group) => group.id === id).map((group) => novaSecurityGroupView(group, all)),
      ),
    };
  },
});
