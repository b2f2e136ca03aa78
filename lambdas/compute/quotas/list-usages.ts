import { grouped } from "../../core/group-by.ts";
import { operation } from "../../http/operation.ts";
import { serverUsage, tenantUsage } from "../model/tenant-usage.ts";
import { listSchema, pageOf, periodIn } from "./usage-query.ts";

/** Of every project that had servers in the period. */
export const listUsages = operation({
  id: "compute/list-usages",
  service: "compute",
  route: "GET /os-simple-tenant-usage",
  access: { rule: "os_compute_api:os-simple-tenant-usage:list", role: "admin" },
  dynamoCalls: ["Scan"],
  answer: "listing",
  query: listSchema,
  async run({ query, microversion, now }, world) {
    const period = periodIn(query, now);
    const detailed = query.get("detailed") === "1";
    const asked = { project: null, period, query, microversion, now };
    const { page, next } = await pageOf(world.backend(), asked);
    const usages = page.map((server) => serverUsage(server, period, now));
    const projects = grouped(usages, ({ tenant_id }) => tenant_id);
    const items = [...projects].map(([project, theirs]) =>
      tenantUsage(project, theirs, period, detailed),
    );
    return { of: "tenant_usages", items, next };
  },
});
