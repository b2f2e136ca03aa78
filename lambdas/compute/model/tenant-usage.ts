import type { Instant } from "../../core/instant.ts";
import { toIsoMicros } from "../../core/times.ts";
import { isDeleted, observe } from "./lifecycle.ts";
import { diskGib, type Server } from "./server.ts";

export interface Period {
  readonly start: Instant;
  readonly stop: Instant;
}

const hourMs = 3_600_000;

const deletedAt = ({ motion }: Server, now: Instant): Instant | null =>
  isDeleted(motion, now) ? motion.due : null;

/** nova/db/main/api.py instance_get_active_by_window_joined. */
export const hasRunIn = (server: Server, { start, stop }: Period, now: Instant): boolean =>
  server.launched !== null &&
  server.launched < stop &&
  server.launched <= now &&
  (deletedAt(server, now) ?? Number.POSITIVE_INFINITY) > start;

/** nova/api/openstack/compute/simple_tenant_usage.py. */
export function serverUsageView(server: Server, period: Period, now: Instant) {
  const launched = server.launched ?? now;
  const endedAt = deletedAt(server, now);
  const from = Math.max(launched, period.start);
  const to = Math.min(period.stop, endedAt ?? Number.POSITIVE_INFINITY);
  return {
    hours: Math.max(0, to - from) / hourMs,
    flavor: server.flavor?.name ?? "",
    instance_id: server.id,
    name: server.name,
    tenant_id: server.project,
    memory_mb: server.flavor?.ram ?? 0,
    local_gb: diskGib(server),
    vcpus: server.flavor?.vcpus ?? 0,
    started_at: toIsoMicros(launched),
    ended_at: endedAt === null ? null : toIsoMicros(endedAt),
    state: endedAt === null ? observe(server.motion, now).vm : "terminated",
    uptime: Math.floor(((endedAt ?? now) - launched) / 1_000),
  };
}

type ServerUsage = ReturnType<typeof serverUsageView>;

export function tenantUsageView(
  project: string,
  usages: readonly ServerUsage[],
  period: Period,
  isDetailed: boolean,
) {
  const total = (of: (usage: ServerUsage) => number) =>
    usages.reduce((sum, usage) => sum + of(usage) * usage.hours, 0);
  return {
    tenant_id: project,
    ...(isDetailed && { server_usages: usages }),
    total_local_gb_usage: total(({ local_gb }) => local_gb),
    total_vcpus_usage: total(({ vcpus }) => vcpus),
    total_memory_mb_usage: total(({ memory_mb }) => memory_mb),
    total_hours: total(() => 1),
    start: toIsoMicros(period.start),
    stop: toIsoMicros(period.stop),
  };
}
