import type { Instant } from "../../../core/instant.ts";
import { toIsoMicros, toIsoSecondsZ } from "../../../core/times.ts";
import type { Spoken } from "../../../http/dialect.ts";
import type { RebuiltServer, ShownServer } from "../../../http/responses.ts";
import { attachedVolumesAt } from "../../model/attached-volume.ts";
import { observe, placed, type TaskState, type VmState } from "../../model/lifecycle.ts";
import { powerState, type Server, type ServerFault, updatedAt } from "../../model/server.ts";
import { showsFault, showsProgress, statusOf } from "../../model/status.ts";
import { bookmark, links } from "../links.ts";
import { laterFields, type View } from "./versioned-fields.ts";

/** A server in full (nova/api/openstack/compute/views/servers.py:270), keys as S4's sample has them. */
export function serverView(server: ShownServer, spoken: Spoken, view: View = "shown") {
  const { now } = spoken;
  const { motion, host } = server;
  const seen = seenAt(server, now);
  const { vm, task, placed } = seen;
  return {
    "OS-DCF:diskConfig": server.diskConfig,
    // one that is offloaded keeps its zone (nova/availability_zones.py:171)
    "OS-EXT-AZ:availability_zone":
      placed || vm === "shelved_offloaded" ? server.availabilityZone : "",
    // Administrators alone are shown where it runs (S4-15 … S4-17)
    ...(spoken.caller?.roles.includes("admin") && {
      "OS-EXT-SRV-ATTR:host": placed ? host : null,
      "OS-EXT-SRV-ATTR:hypervisor_hostname": placed ? host : null,
      "OS-EXT-SRV-ATTR:instance_name": `instance-${server.id.slice(-8)}`,
    }),
    "OS-EXT-STS:power_state": powerState(motion, now),
    "OS-EXT-STS:task_state": task,
    "OS-EXT-STS:vm_state": vm,
    "OS-SRV-USG:launched_at":
      server.launched !== null && server.launched <= now ? toIsoMicros(server.launched) : null,
    "OS-SRV-USG:terminated_at": vm === "deleted" ? toIsoMicros(motion.due) : null,
    ...core(server, spoken, seen),
    addresses: networks(server, vm, (address) => ({
      "OS-EXT-IPS-MAC:mac_addr": address.mac,
      "OS-EXT-IPS:type": address.type,
      version: address.version,
      addr: address.addr,
    })),
    config_drive: server.configDrive ? "True" : "",
    key_name: server.keyName,
    "os-extended-volumes:volumes_attached": volumesOn(server, spoken),
    ...(placed &&
      server.securityGroups.length > 0 && {
        security_groups: server.securityGroups.map((name) => ({ name })),
      }),
    ...laterFields(server, spoken, view),
  };
}

/** What PUT answers with: up to 2.74 less of everything (E-24). */
export function updatedServerView(server: ShownServer, spoken: Spoken) {
  if (spoken.microversion >= 75) return serverView(server, spoken);
  const seen = seenAt(server, spoken.now);
  return {
    "OS-DCF:diskConfig": server.diskConfig,
    ...core(server, spoken, seen),
    addresses: networks(server, seen.vm, ({ version, addr }) => ({ version, addr })),
    ...laterFields(server, spoken, "reduced"),
  };
}

/** A rebuild answers as PUT does, and with what came with it (nova/api/openstack/compute/servers.py:1395). */
export const rebuiltServerView = (
  { server, adminPass, userData }: RebuiltServer,
  spoken: Spoken,
) => ({
  ...updatedServerView(server, spoken),
  ...(spoken.microversion >= 54 && { key_name: server.keyName }),
  adminPass,
  ...(userData !== undefined && { user_data: userData }),
});

export const listedServerView = (server: Server, spoken: Spoken) =>
  serverView(server, spoken, "listed");

export const briefServerView = (server: Server, spoken: Spoken) => ({
  id: server.id,
  links: links(spoken, "servers", server.id),
  name: server.name,
});

/** Those that are on it still (views/servers.py:767). */
const volumesOn = (server: Server, { now, microversion }: Spoken) =>
  attachedVolumesAt(server, now).map(({ id, deleteOnTermination }) => ({
    id,
    ...(microversion >= 3 && { delete_on_termination: deleteOnTermination }),
  }));

interface Seen {
  readonly vm: VmState;
  readonly task: TaskState | null;
  /** On a host, that is. */
  readonly placed: boolean;
}

/** A list asks this of hundreds: once each. */
const seenAt = (server: Server, now: Instant): Seen => ({
  ...observe(server.motion, now),
  placed: placed(server, now),
});

function core(server: Server, spoken: Spoken, seen: Seen) {
  const { now } = spoken;
  const { id, flavor, image } = server;
  const status = statusOf(seen);
  return {
    accessIPv4: server.accessIPv4,
    accessIPv6: server.accessIPv6,
    created: toIsoSecondsZ(server.created),
    flavor: flavor ? { id: flavor.id, links: [bookmark(spoken, "flavors", flavor.id)] } : {},
    hostId: seen.placed ? server.hostId : "",
    id,
    // "" and not null for a server booted from a volume (E-16)
    image: image ? { id: image.id, links: [bookmark(spoken, "images", image.id)] } : "",
    links: links(spoken, "servers", id),
    metadata: server.metadata,
    name: server.name,
    ...(server.fault && showsFault(status) && { fault: faultView(server.fault, spoken) }),
    ...(showsProgress(status) && { progress: 0 }),
    status,
    tenant_id: server.project,
    updated: toIsoSecondsZ(updatedAt(server, now)),
    user_id: server.user,
  };
}

/** Where it failed is nobody's business but the administrators' (E-19; views/servers.py:701). */
const faultView = ({ code, message, details, created }: ServerFault, { caller }: Spoken) => ({
  code,
  created: toIsoSecondsZ(created),
  message,
  ...(details && (caller?.roles.includes("admin") || code !== 500) && { details }),
});

/** By label; none while the server is being built, nor once it is gone (E-23, E-08). */
function networks<Shown>(
  { addresses }: Server,
  vm: VmState,
  shown: (address: Server["addresses"][number]) => Shown,
): Record<string, Shown[]> {
  if (vm === "building" || vm === "deleted") return {};
  const byLabel: Record<string, Shown[]> = {};
  for (const address of addresses) {
    byLabel[address.network] ??= [];
    byLabel[address.network]?.push(shown(address));
  }
  return byLabel;
}
