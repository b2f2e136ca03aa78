import { operation } from "../../http/operation.ts";
import { limitSchema, pageLimit } from "../../http/page-limit.ts";
import { stringListSchema } from "../../http/schema-fields.ts";
import { hasRole } from "../../identity/model/identity.ts";
import type { Records } from "../../ports/records.ts";
import {
  groupMembers,
  type ServerGroup,
  serverGroupOwners,
  serverGroupsOf,
} from "../repositories/server-groups.ts";
import { serverGroupView } from "./group-view.ts";

/** Administrators may request all groups (E-10). */
export const listServerGroups = operation({
  id: "compute/list-server-groups",
  service: "compute",
  route: "GET /os-server-groups",
  access: { rule: "os_compute_api:os-server-groups:index", role: "reader" },
  dynamoCalls: ["Query", "Scan"],
  answer: "ok",
  query: {
    type: "object",
    properties: { all_projects: stringListSchema, limit: limitSchema, offset: limitSchema },
    closedSince: 75,
  },
  async run({ caller, project, query, microversion, now }, environment) {
    const { servers, records } = environment.backend();
    const allProjects = query.has("all_projects") && hasRole(caller, "admin");
    const groups = allProjects
      ? await listAllGroups(records)
      : await serverGroupsOf(records, project);
    const start = Number(query.get("offset") ?? 0);
    const page = groups.slice(start, start + pageLimit(query.get("limit")));
    if (page.length === 0) return { server_groups: [] };
    const members = await groupMembers(servers, allProjects ? null : project, now);
    return {
      server_groups: page.map((group) =>
        serverGroupView(group, members.get(group.id) ?? [], microversion),
      ),
    };
  },
});

async function listAllGroups(records: Records): Promise<ServerGroup[]> {
  const owners = await records.all(serverGroupOwners);
  const projects = [...new Set(owners.map(({ project }) => project))];
  return (await Promise.all(projects.map((project) => serverGroupsOf(records, project)))).flat();
}
