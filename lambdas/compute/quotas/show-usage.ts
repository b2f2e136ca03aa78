import { Fault } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { hasRole } from "../../identity/model/identity.ts";
import { truncateProjectId } from "../../identity/model/project-id.ts";
import { serverUsageView, tenantUsageView } from "../model/tenant-usage.ts";
import { listUsagePage, parsePeriod, usageShowSchema } from "./usage-query.ts";

const rule = "os_compute_api:os-simple-tenant-usage:show";

/** Empty for a project without servers. */
export const showUsage = operation({
  id: "compute/show-usage",
  service: "compute",
  route: "GET /os-simple-tenant-usage/{project}",
  access: { rule, role: "reader" },
  dynamoCalls: ["Query"],
  answer: "linkedPage",
  query: usageShowSchema,
  async run({ path: { project }, caller, query, microversion, now }, environment) {
    if (project !== caller.project?.id && !hasRole(caller, "admin"))
      throw new Fault({ kind: "forbidden", rule });
    const period = parsePeriod(query, now);
    const request = { project: truncateProjectId(project), period, query, microversion, now };
    const { page, next } = await listUsagePage(environment.backend(), request);
    const usages = page.map((server) => serverUsageView(server, period, now));
    return {
      body: {
        tenant_usage: usages.length === 0 ? {} : tenantUsageView(project, usages, period, true),
      },
      linksName: "tenant_usage_links",
      next,
    };
  },
});
