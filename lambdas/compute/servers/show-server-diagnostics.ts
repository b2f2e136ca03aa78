import { Fault } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import { operation } from "../../http/operation.ts";
import { bootedAt } from "../model/guest-boot-log.ts";
import { isOnHost } from "../model/lifecycle.ts";
import { powerStateAt, type Server } from "../model/server.ts";
import { getServer } from "./find-server.ts";

/** No guest runs, so every counter is 0. */
export const showServerDiagnostics = operation({
  id: "compute/show-server-diagnostics",
  service: "compute",
  route: "GET /servers/{server_id}/diagnostics",
  access: { rule: "os_compute_api:os-server-diagnostics", role: "admin" },
  dynamoCalls: ["GetItem"],
  answer: "ok",
  async run(call, environment) {
    const { now, microversion } = call;
    const { servers } = environment.backend();
    const server = await getServer(call, servers);
    assertRunning(server, now);
    return microversion < 48 ? libvirtDiagnostics(server) : standardDiagnostics(server, now);
  },
});

/** nova/compute/power_state.py STATE_MAP. */
const powerStateNames: Record<number, string> = {
  0: "pending",
  1: "running",
  3: "paused",
  4: "shutdown",
};

/** nova/compute/manager.py:7438. */
function assertRunning(server: Server, now: Instant): void {
  const { id, motion } = server;
  if (!isOnHost(server, now)) throw new Fault({ kind: "not-ready", id });
  const power = powerStateNames[powerStateAt(motion, now)];
  if (power !== "running")
    throw new Fault({
      kind: "conflict",
      reason: `Cannot 'get_diagnostics' instance ${id} while it is in power state ${power}`,
    });
}

/** libvirt's, up to 2.47. */
function libvirtDiagnostics({ flavor, addresses }: Server): Record<string, number> {
  const cpus = Array.from({ length: flavor?.vcpus ?? 1 }, (_, i) => [`cpu${i}_time`, 0]);
  const disk = ["errors", "read", "read_req", "write", "write_req"].map((name) => [
    `vda_${name}`,
    0,
  ]);
  const nics = addresses.flatMap((_, i) =>
    ["rx", "rx_drop", "rx_errors", "rx_packets", "tx", "tx_drop", "tx_errors", "tx_packets"].map(
      (name) => [`vnet${i}_${name}`, 0],
    ),
  );
  return {
    ...Object.fromEntries([...cpus, ...disk, ...nics]),
    memory: (flavor?.ram ?? 0) * 1_024,
  };
}

/**
 * Since 2.48 (nova/api/openstack/compute/views/server_diagnostics.py); the schema requires a real
 * driver.
 */
const standardDiagnostics = (server: Server, now: Instant) => ({
  state: "running",
  driver: "libvirt",
  hypervisor: "simulated",
  hypervisor_os: null,
  uptime: Math.max(0, Math.floor((now - bootedAt(server)) / 1_000)),
  config_drive: server.configDrive,
  num_cpus: server.flavor?.vcpus ?? 1,
  num_nics: server.addresses.length,
  num_disks: 1,
  disk_details: [
    { read_bytes: 0, read_requests: 0, write_bytes: 0, write_requests: 0, errors_count: 0 },
  ],
  cpu_details: Array.from({ length: server.flavor?.vcpus ?? 1 }, (_, id) => ({
    id,
    time: 0,
    utilisation: 0,
  })),
  nic_details: server.addresses.map(({ mac }) => ({
    mac_address: mac,
    rx_octets: 0,
    rx_errors: 0,
    rx_drop: 0,
    rx_packets: 0,
    rx_rate: 0,
    tx_octets: 0,
    tx_errors: 0,
    tx_drop: 0,
    tx_packets: 0,
    tx_rate: 0,
  })),
  memory_details: { maximum: server.flavor?.ram ?? null, used: null },
});
