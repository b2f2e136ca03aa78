import type { Instant } from "../../core/instant.ts";
import { hostIp } from "../model/host.ts";
import { hostCapacity } from "../model/host-filters.ts";
import { type Host, hypervisorUuid, resourcesUsedOn } from "../repositories/hosts.ts";

interface HypervisorViewOptions {
  readonly microversion: number;
  readonly now: Instant;
  readonly withServers?: boolean;
}

export function hypervisorSummaryView(
  host: Host,
  { microversion, withServers }: HypervisorViewOptions,
) {
  const { service, servers } = host;
  return {
    id: microversion < 53 ? host.number : hypervisorUuid(host),
    hypervisor_hostname: host.name,
    state: service.forcedDown ? "down" : "up",
    status: service.disabled ? "disabled" : "enabled",
    ...(withServers &&
      (servers.length > 0 || microversion >= 75) && {
        servers: servers.map(({ id, name }) => ({ name, uuid: id })),
      }),
  };
}

export function hypervisorView(host: Host, options: HypervisorViewOptions) {
  const { microversion, now } = options;
  const { service } = host;
  return {
    ...hypervisorSummaryView(host, options),
    hypervisor_type: "fake",
    hypervisor_version: 1_000,
    host_ip: hostIp(host.name),
    service: {
      id: microversion < 53 ? service.number : service.uuid,
      host: host.name,
      disabled_reason: service.reason,
    },
    ...(microversion < 88
      ? { ...hypervisorResources(host, now), cpu_info: cpuInfo(microversion) }
      : { uptime: null }),
  };
}

/** Removed at 2.88, when Placement took over. */
export function hypervisorResources(host: Host, now: Instant) {
  const used = resourcesUsedOn(host, now);
  return {
    vcpus: hostCapacity.vcpus,
    memory_mb: hostCapacity.memory,
    local_gb: hostCapacity.disk,
    vcpus_used: used.vcpus,
    memory_mb_used: used.memory,
    local_gb_used: used.disk,
    free_ram_mb: hostCapacity.memory - used.memory,
    free_disk_gb: hostCapacity.disk - used.disk,
    current_workload: used.busyServers,
    running_vms: used.runningServers,
    disk_available_least: 0,
  };
}

function cpuInfo(microversion: number): unknown {
  const info = {
    arch: "x86_64",
    model: "fake",
    vendor: "fake",
    features: [],
    topology: { cores: 1, threads: 1, sockets: 1 },
  };
  return microversion < 28 ? JSON.stringify(info) : info;
}
