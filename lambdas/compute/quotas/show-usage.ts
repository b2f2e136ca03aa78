import { Fault } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { holds } from "../../identity/model/identity.ts";
import { lookedAt } from "../../identity/model/project-id.ts";
import { serverUsage, tenantUsage } from "../model/tenant-usage.ts";
import { pageOf, periodIn, showSchema } from "./usage-query.ts";

const rule = "os_compute_api:os-simple-tenant-usage:show";

/** Of a project that had none, nothing is said. */
export const showUsage = operation({
  id: "compute/show-usage",
  service: "compute",
  route: "GET /os-simple-tenant-usage/{project}",
  access: { rule, role: "reader" },
  dynamoCalls: ["Query"],
  answer: "paged",
  query: showSchema,
  async run({ path: { project }, caller, query, microversion, now }, world) {
    if (project !== caller.project?.id && !holds(caller, "admin"))
      throw new Fault({ kind: "forbidden", rule });
    const period = periodIn(query, now);
    const asked = { project: lookedAt(project), period, query, microversion, now };
    const { page, next } = await pageOf(world.backend(), asked);
    const usages = page.map((server) => serverUsage(server, period, now));
    return {
      body: {
        tenant_usage: usages.length === 0 ? {} : tenantUsage(project, usages, period, true),
      },
      links: "tenant_usage_links",
      next,
    };
  },
});
