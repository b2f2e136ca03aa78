import { operation } from "../../http/operation.ts";
import { portsOn } from "../../network/repositories/ports.ts";
import { groupsIn } from "../../network/repositories/security-groups.ts";
import { serverOf } from "../servers/find-server.ts";
import { groupShown } from "./group.ts";

export const listServerSecurityGroups = operation({
  id: "compute/list-server-security-groups",
  service: "compute",
  route: "GET /servers/{server_id}/os-security-groups",
  access: { rule: "os_compute_api:os-security-groups:list", role: "reader" },
  dynamoCalls: ["GetItem", "Query"],
  answer: "document",
  async run(call, world) {
    const { servers, records } = world.backend();
    const server = await serverOf(call, servers);
    const ports = await portsOn(records, server.project, server.id);
    const all = await groupsIn(records).all({ project: server.project, everywhere: false });
    const ids = ports.flatMap(({ security_groups }) => security_groups);
    return {
      security_groups: ids.flatMap((id) =>
        all.filter((group) => group.id === id).map((group) => groupShown(group, all)),
      ),
    };
  },
});
