import type { Instant } from "../../core/instant.ts";
import { toPythonDatetime } from "../../core/times.ts";
import type { Backend } from "../../ports/backend.ts";
import { getHosts } from "../repositories/hosts.ts";

/** Logs of the last whole month; each host reports all servers at once. */
export async function usageAuditBefore(backend: Backend, before: Instant, now: Instant) {
  const hosts = await getHosts(backend, now);
  const at = new Date(before);
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()];
  // the first instant of a month does not end it (nova/utils.py:210)
  const endMonth = Date.UTC(year, month, 1) < before ? month : month - 1;
  return {
    period_beginning: toPythonDatetime(Date.UTC(year, endMonth - 1, 1)),
    period_ending: toPythonDatetime(Date.UTC(year, endMonth, 1)),
    num_hosts: hosts.length,
    num_hosts_done: hosts.length,
    num_hosts_running: 0,
    num_hosts_not_run: 0,
    hosts_not_run: [],
    total_instances: hosts.reduce((sum, { servers }) => sum + servers.length, 0),
    total_errors: 0,
    overall_status: "ALL hosts done. 0 errors.",
    log: Object.fromEntries(
      hosts.map(({ name, servers: { length } }) => [
        name,
        {
          state: "DONE",
          instances: length,
          errors: 0,
          message: `Instance usage audit ran for host ${name}, ${length} instances in 0.0 seconds.`,
        },
      ]),
    ),
  };
}
