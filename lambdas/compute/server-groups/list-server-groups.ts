import { operation } from "../../http/operation.ts";
import { limitSchema, longestPage } from "../../http/page-limit.ts";
import { strings } from "../../http/schema-fields.ts";
import { holds } from "../../identity/model/identity.ts";
import type { Records } from "../../ports/records.ts";
import {
  groupOwners,
  groupsOf,
  membersOf,
  type ServerGroup,
} from "../repositories/server-groups.ts";
import { serverGroupView } from "./group-view.ts";

/** Those of the project; of every project where an administrator asks (E-10). */
export const listServerSecurityGroups = operation({
  id: "compute/list-server-groups",
  service: "compute",
  route: "GET /os-server-groups",
  access: { rule: "os_compute_api:os-server-groups:index", role: "reader" },
  dynamoCalls: ["Query", "Scan"],
  answer: "document",
  query: {
    type: "object",
    properties: { all_projects: strings, limit: limitSchema, offset: limitSchema },
    closedSince: 75,
  },
  async run({ caller, project, query, microversion, now }, environment) {
    const { servers, records } = environment.backend();
    const allProjects = query.has("all_projects") && holds(caller, "admin");
    const groups = allProjects ? await listAllGroups(records) : await groupsOf(records, project);
    const start = Number(query.get("offset") ?? 0);
    const limit = Math.min(Number(query.get("limit") ?? longestPage), longestPage);
    const page = groups.slice(start, start + limit);
    if (page.length === 0) return { server_groups: [] };
    const members = await membersOf(servers, allProjects ? null : project, now);
    return {
      server_groups: page.map((group) =>
        serverGroupView(group, members.get(group.id) ?? [], microversion),
      ),
    };
  },
});

async function listAllGroups(records: Records): Promise<ServerGroup[]> {
  const owners = await records.all(groupOwners);
  const projects = [...new Set(owners.map(({ project }) => project))];
  return (await Promise.all(projects.map((project) => groupsOf(records, project)))).flat();
}
