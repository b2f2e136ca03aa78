import { operation } from "../http/operation.ts";
import { auditBefore } from "./audit.ts";

export const listAudits = operation({
  id: "hosts/list-audits",
  service: "compute",
  route: "GET /os-instance_usage_audit_log",
  access: { rule: "os_compute_api:os-instance-usage-audit-log:list", role: "admin" },
  calls: ["Scan", "Query"],
  answer: "document",
  run: async ({ now }, world) => ({
    instance_usage_audit_logs: await auditBefore(world.backend(), now, now),
  }),
});
