import { badRequest } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import { operation } from "../../http/operation.ts";
import { usageAuditBefore } from "./audit-period.ts";

export const showAudit = operation({
  id: "compute/show-audit",
  service: "compute",
  route: "GET /os-instance_usage_audit_log/{before}",
  access: { rule: "os_compute_api:os-instance-usage-audit-log:show", role: "admin" },
  dynamoCalls: ["Scan", "Query"],
  answer: "ok",
  run: async ({ path, now }, environment) => ({
    instance_usage_audit_log: await usageAuditBefore(
      environment.backend(),
      parsePythonDatetime(path.before),
      now,
    ),
  }),
});

/** Python's strptime accepts single digits and refuses impossible days. */
function parsePythonDatetime(text: string): Instant {
  const pattern = /^(\d{4})-(\d\d?)-(\d\d?)\s+(\d\d?):(\d\d?):(\d\d?)(\.\d{1,6})?$/;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, fraction] =
    pattern.exec(text)?.slice(1).map(Number) ?? [];
  const at = Date.UTC(year, month - 1, day, hour, minute, second);
  const date = new Date(at);
  const isCalendarDate = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year > 1;
  if (!isCalendarDate || hour > 23 || minute > 59 || second > 61)
    throw badRequest(`Invalid timestamp for date ${text}`);
  return at + (fraction || 0) * 1_000;
}
