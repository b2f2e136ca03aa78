import type { Instant } from "../../core/instant.ts";
import { toIsoMicros } from "../../core/times.ts";
import { gone, observe } from "./lifecycle.ts";
import { diskOf, type Server } from "./server.ts";

export interface Period {
  readonly start: Instant;
  readonly stop: Instant;
}

const hour = 3_600_000;

/** When it was gone; null while it is there. */
const endOf = ({ motion }: Server, now: Instant): Instant | null =>
  gone(motion, now) ? motion.due : null;

/** Whether a server ran at all in the period (nova/db/main/api.py instance_get_active_by_window_joined). */
export const ranIn = (server: Server, { start, stop }: Period, now: Instant): boolean =>
  server.launched !== null &&
  server.launched < stop &&
  server.launched <= now &&
  (endOf(server, now) ?? Number.POSITIVE_INFINITY) > start;

/** What a server came to (nova/api/openstack/compute/simple_tenant_usage.py). */
export function serverUsage(server: Server, period: Period, now: Instant) {
  const launched = server.launched ?? now;
  const ended = endOf(server, now);
  const from = Math.max(launched, period.start);
  const to = Math.min(period.stop, ended ?? Number.POSITIVE_INFINITY);
  return {
    hours: Math.max(0, to - from) / hour,
    flavor: server.flavor?.name ?? "",
    instance_id: server.id,
    name: server.name,
    tenant_id: server.project,
    memory_mb: server.flavor?.ram ?? 0,
    local_gb: diskOf(server),
    vcpus: server.flavor?.vcpus ?? 0,
    started_at: toIsoMicros(launched),
    ended_at: ended === null ? null : toIsoMicros(ended),
    state: ended === null ? observe(server.motion, now).vm : "terminated",
    uptime: Math.floor(((ended ?? now) - launched) / 1_000),
  };
}

type Usage = ReturnType<typeof serverUsage>;

/** What a project's servers came to, with each of them where it is asked for. */
export function tenantUsage(
  project: string,
  usages: readonly Usage[],
  period: Period,
  detailed: boolean,
) {
  const total = (of: (usage: Usage) => number) =>
    usages.reduce((sum, usage) => sum + of(usage) * usage.hours, 0);
  return {
    tenant_id: project,
    ...(detailed && { server_usages: usages }),
    total_local_gb_usage: total(({ local_gb }) => local_gb),
    total_vcpus_usage: total(({ vcpus }) => vcpus),
    total_memory_mb_usage: total(({ memory_mb }) => memory_mb),
    total_hours: total(() => 1),
    start: toIsoMicros(period.start),
    stop: toIsoMicros(period.stop),
  };
}
