import type { Instant } from "../../../core/instant.ts";
import { toIsoMicros, toIsoSecondsZ } from "../../../core/times.ts";
import type { RequestContext } from "../../../http/dialect.ts";
import type { RebuiltServer, ShownServer } from "../../../http/responses.ts";
import { attachedVolumesAt } from "../../model/attached-volume.ts";
import { isOnHost, observe, type TaskState, type VmState } from "../../model/lifecycle.ts";
import { powerStateAt, type Server, type ServerFault, updatedAt } from "../../model/server.ts";
import { showsFault, showsProgress, statusOf } from "../../model/status.ts";
import { bookmarkLink, links } from "../links.ts";
import { type ServerViewKind, viewVersionedFields } from "./versioned-fields.ts";

/** A whole server (nova/api/openstack/compute/views/servers.py:270), members as in S4's sample. */
export function serverView(
  server: ShownServer,
  context: RequestContext,
  view: ServerViewKind = "shown",
) {
  const { now } = context;
  const { motion, host } = server;
  const observed = observeServer(server, now);
  const { vm, task, isOnHost } = observed;
  return {
    "OS-DCF:diskConfig": server.diskConfig,
    // an offloaded server keeps its zone (nova/availability_zones.py:171)
    "OS-EXT-AZ:availability_zone":
      isOnHost || vm === "shelved_offloaded" ? server.availabilityZone : "",
    // for administrators only (S4-15 … S4-17)
    ...(context.caller?.roles.includes("admin") && {
      "OS-EXT-SRV-ATTR:host": isOnHost ? host : null,
      "OS-EXT-SRV-ATTR:hypervisor_hostname": isOnHost ? host : null,
      "OS-EXT-SRV-ATTR:instance_name": `instance-${server.id.slice(-8)}`,
    }),
    "OS-EXT-STS:power_state": powerStateAt(motion, now),
    "OS-EXT-STS:task_state": task,
    "OS-EXT-STS:vm_state": vm,
    "OS-SRV-USG:launched_at":
      server.launched !== null && server.launched <= now ? toIsoMicros(server.launched) : null,
    "OS-SRV-USG:terminated_at": vm === "deleted" ? toIsoMicros(motion.due) : null,
    ...coreFields(server, context, observed),
    addresses: addressesByNetwork(server, vm, (address) => ({
      "OS-EXT-IPS-MAC:mac_addr": address.mac,
      "OS-EXT-IPS:type": address.type,
      version: address.version,
      addr: address.addr,
    })),
    config_drive: server.configDrive ? "True" : "",
    key_name: server.keyName,
    "os-extended-volumes:volumes_attached": attachedVolumesView(server, context),
    ...(isOnHost &&
      server.securityGroups.length > 0 && {
        security_groups: server.securityGroups.map((name) => ({ name })),
      }),
    ...viewVersionedFields(server, context, view),
  };
}

/** The response of PUT: fewer members until 2.74 (E-24). */
export function updatedServerView(server: ShownServer, context: RequestContext) {
  if (context.microversion >= 75) return serverView(server, context);
  const observed = observeServer(server, context.now);
  return {
    "OS-DCF:diskConfig": server.diskConfig,
    ...coreFields(server, context, observed),
    addresses: addressesByNetwork(server, observed.vm, ({ version, addr }) => ({ version, addr })),
    ...viewVersionedFields(server, context, "reduced"),
  };
}

/**
 * A rebuild answers like PUT, with the submitted values
 * (nova/api/openstack/compute/servers.py:1395).
 */
export const rebuiltServerView = (
  { server, adminPass, userData }: RebuiltServer,
  context: RequestContext,
) => ({
  ...updatedServerView(server, context),
  ...(context.microversion >= 54 && { key_name: server.keyName }),
  adminPass,
  ...(userData !== undefined && { user_data: userData }),
});

export const serverDetailView = (server: Server, context: RequestContext) =>
  serverView(server, context, "listed");

export const serverSummaryView = (server: Server, context: RequestContext) => ({
  id: server.id,
  links: links(context, "servers", server.id),
  name: server.name,
});

/** Attached volumes (nova/api/openstack/compute/views/servers.py:767). */
const attachedVolumesView = (server: Server, { now, microversion }: RequestContext) =>
  attachedVolumesAt(server, now).map(({ id, deleteOnTermination }) => ({
    id,
    ...(microversion >= 3 && { delete_on_termination: deleteOnTermination }),
  }));

interface ObservedServer {
  readonly vm: VmState;
  readonly task: TaskState | null;
  /** The server is on a host. */
  readonly isOnHost: boolean;
}

/** Cached: a list formats the same values hundreds of times. */
const observeServer = (server: Server, now: Instant): ObservedServer => ({
  ...observe(server.motion, now),
  isOnHost: isOnHost(server, now),
});

function coreFields(server: Server, context: RequestContext, observed: ObservedServer) {
  const { now } = context;
  const { id, flavor, image } = server;
  const status = statusOf(observed);
  return {
    accessIPv4: server.accessIPv4,
    accessIPv6: server.accessIPv6,
    created: toIsoSecondsZ(server.created),
    flavor: flavor ? { id: flavor.id, links: [bookmarkLink(context, "flavors", flavor.id)] } : {},
    hostId: observed.isOnHost ? server.hostId : "",
    id,
    // "" for a server booted from a volume (E-16)
    image: image ? { id: image.id, links: [bookmarkLink(context, "images", image.id)] } : "",
    links: links(context, "servers", id),
    metadata: server.metadata,
    name: server.name,
    ...(server.fault && showsFault(status) && { fault: serverFaultView(server.fault, context) }),
    ...(showsProgress(status) && { progress: 0 }),
    status,
    tenant_id: server.project,
    updated: toIsoSecondsZ(updatedAt(server, now)),
    user_id: server.user,
  };
}

/** `details` is for administrators only (E-19; nova/api/openstack/compute/views/servers.py:701). */
const serverFaultView = (
  { code, message, details, created }: ServerFault,
  { caller }: RequestContext,
) => ({
  code,
  created: toIsoSecondsZ(created),
  message,
  ...(details && (caller?.roles.includes("admin") || code !== 500) && { details }),
});

/** Addresses by network; none for a building or deleted server (E-23, E-08). */
function addressesByNetwork<Shown>(
  { addresses }: Server,
  vm: VmState,
  view: (address: Server["addresses"][number]) => Shown,
): Record<string, Shown[]> {
  if (vm === "building" || vm === "deleted") return {};
  const byLabel: Record<string, Shown[]> = {};
  for (const address of addresses) {
    byLabel[address.network] ??= [];
    byLabel[address.network]?.push(view(address));
  }
  return byLabel;
}
