import { groupBy } from "../../core/group-by.ts";
import { operation } from "../../http/operation.ts";
import { serverUsageView, tenantUsageView } from "../model/tenant-usage.ts";
import { listUsagePage, parsePeriod, usageListSchema } from "./usage-query.ts";

export const listUsages = operation({
  id: "compute/list-usages",
  service: "compute",
  route: "GET /os-simple-tenant-usage",
  access: { rule: "os_compute_api:os-simple-tenant-usage:list", role: "admin" },
  dynamoCalls: ["Scan"],
  answer: "namedList",
  query: usageListSchema,
  async run({ query, microversion, now }, environment) {
    const period = parsePeriod(query, now);
    const detailed = query.get("detailed") === "1";
    const request = { project: null, period, query, microversion, now };
    const { page, next } = await listUsagePage(environment.backend(), request);
    const usages = page.map((server) => serverUsageView(server, period, now));
    const projects = groupBy(usages, ({ tenant_id }) => tenant_id);
    const items = [...projects].map(([project, projectUsages]) =>
      tenantUsageView(project, projectUsages, period, detailed),
    );
    return { name: "tenant_usages", items, next };
  },
});
