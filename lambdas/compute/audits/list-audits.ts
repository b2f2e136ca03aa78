import { operation } from "../../http/operation.ts";
import { usageAuditBefore } from "./audit-period.ts";

export const listAudits = operation({
  id: "compute/list-audits",
  service: "compute",
  route: "GET /os-instance_usage_audit_log",
  access: { rule: "os_compute_api:os-instance-usage-audit-log:list", role: "admin" },
  dynamoCalls: ["Scan", "Query"],
  answer: "ok",
  run: async ({ now }, environment) => ({
    instance_usage_audit_logs: await usageAuditBefore(environment.backend(), now, now),
  }),
});
