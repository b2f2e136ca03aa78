import type { Instant } from "../../core/instant.ts";
import type { Address } from "../../network/model/network-info.ts";
import type { AttachedVolume } from "./attached-volume.ts";
import type { Flavor } from "./flavor.ts";
import { type Motion, observe, type VmState } from "./lifecycle.ts";

/** Copies image and flavor data at create, so that showing a server reads one item. */
export interface Server {
  readonly id: string;
  readonly project: string;
  readonly user: string;
  readonly name: string;
  /** Before 2.19 the server's name (nova/api/openstack/compute/servers.py:722). */
  readonly description: string | null;
  readonly hostname: string;
  /** Sorted and unique. */
  readonly tags: readonly string[];
  /** E-05. */
  readonly lock: Lock | null;
  readonly motion: Motion;
  readonly created: Instant;
  /** The last write; `updatedAt` also counts the motion's end. */
  readonly updated: Instant;
  /** null for a server that never became active. */
  readonly launched: Instant | null;
  /** The guest's last boot after the create; null where it never rebooted. */
  readonly booted: Instant | null;
  /** null where the flavor was removed (S3-32). */
  readonly flavor: BootFlavor | null;
  readonly image: { readonly id: string; readonly name: string } | null;
  readonly addresses: readonly Address[];
  /** In order of attachment. */
  readonly volumes: readonly AttachedVolume[];
  /** Used by the Rackspace and FlexCloud dialects. */
  readonly publicIPv4: string;
  readonly accessIPv4: string;
  readonly accessIPv6: string;
  readonly diskConfig: "AUTO" | "MANUAL";
  readonly metadata: Metadata;
  readonly keyName: string | null;
  readonly configDrive: boolean;
  readonly availabilityZone: string;
  /** The requested zone; null for any. */
  readonly pinnedZone: string | null;
  /** Nova's `launch_index`: 0-based position within a multi-create. */
  readonly launchIndex: number;
  readonly trustedCertificates: readonly string[] | null;
  readonly securityGroups: readonly string[];
  /** "" where no host was found. */
  readonly host: string;
  /** sha224(project + host), 56 hex digits (nova/utils.py:841). */
  readonly hostId: string;
  /** The host and flavor before an unconfirmed resize or move. */
  readonly before: MigrationContext | null;
  readonly fault: ServerFault | null;
  /** null once unshelved. */
  readonly shelvedImage: string | null;
  /** Soft-deleted: outside the quota until restored. */
  readonly freed: boolean;
  readonly reservation: string;
  readonly hints: Readonly<Record<string, unknown>>;
  /** Console grants of an earlier epoch are invalid. */
  readonly consoleEpoch: number;
}

/** Field values of an ordinary server; the codec does not store them. */
export const serverDefaults = {
  tags: [],
  lock: null,
  booted: null,
  volumes: [],
  accessIPv4: "",
  accessIPv6: "",
  diskConfig: "MANUAL",
  metadata: {},
  keyName: null,
  configDrive: false,
  availabilityZone: "nova",
  pinnedZone: null,
  launchIndex: 0,
  trustedCertificates: null,
  before: null,
  fault: null,
  shelvedImage: null,
  freed: false,
  hints: {},
  consoleEpoch: 0,
} as const satisfies Partial<Server>;

export type ServerDefaults = Pick<Server, keyof typeof serverDefaults>;

/** Adds defaults after the fields given: the order of fields is the stored order. */
export const newServer = (
  fields: Omit<Server, keyof ServerDefaults> & Partial<ServerDefaults>,
  defaults: ServerDefaults = serverDefaults,
): Server => ({ ...fields, ...defaults, ...fields });

/** The flavor's data at create. */
export type BootFlavor = Pick<Flavor, "id" | "name" | "vcpus" | "ram" | "disk"> & {
  /** GiB. */
  readonly ephemeral?: number;
  /** MiB. */
  readonly swap?: number;
  readonly extraSpecs?: Readonly<Record<string, string>>;
};

/** GiB of its host, root and ephemeral. */
export const diskGib = ({ flavor }: { readonly flavor: BootFlavor | null }): number =>
  (flavor?.disk ?? 0) + (flavor?.ephemeral ?? 0);

/** Drops empty members, so that the stored item is small. */
export const toBootFlavor = ({ id, name, vcpus, ram, disk, ...more }: BootFlavor): BootFlavor => ({
  ...{ id, name, vcpus, ram, disk },
  ...(more.ephemeral && { ephemeral: more.ephemeral }),
  ...(more.swap && { swap: more.swap }),
  ...(Object.keys(more.extraSpecs ?? {}).length > 0 && { extraSpecs: more.extraSpecs }),
});

/** Changes with a resize or move. */
export interface HostAndFlavor {
  readonly flavor: BootFlavor | null;
  readonly host: string;
  readonly hostId: string;
}

export interface MigrationContext extends HostAndFlavor {
  /** Until this instant the server still has these values. */
  readonly until: Instant;
  /** The id of the migration. */
  readonly migration: number;
}

/** nova/objects/instance_fault.py. */
export interface ServerFault {
  readonly code: number;
  readonly message: string;
  /** Visible to administrators, and to all for codes other than 500. */
  readonly details: string | null;
  readonly created: Instant;
}

/** Swaps current and earlier host and flavor while a resize or move runs. */
export const serverAt = (server: Server, now: Instant): Server =>
  server.before !== null && now < server.before.until
    ? {
        ...server,
        ...hostAndFlavor(server.before),
        before: { ...server.before, ...hostAndFlavor(server), until: 0 },
      }
    : server;

export const hostAndFlavor = ({ flavor, host, hostId }: HostAndFlavor): HostAndFlavor => ({
  flavor,
  host,
  hostId,
});

export interface Lock {
  /** "admin" is an administrator of another project. */
  readonly by: "owner" | "admin";
  readonly reason: string | null;
}
/** nova/objects/instance.py MAX_TAG_COUNT. */
export const maxTags = 50;

export type Metadata = Readonly<Record<string, string>>;

/** Fields of PUT. */
export interface ServerUpdate {
  readonly name?: string;
  readonly description?: string | null;
  readonly hostname?: string;
  readonly accessIPv4?: string;
  readonly accessIPv6?: string;
  readonly diskConfig?: "AUTO" | "MANUAL";
}

/** Input of create and rebuild that few reads need; stored in an item of its own for its size. */
export interface BootData {
  readonly userData?: string;
  readonly personality?: readonly { readonly path: string; readonly contents: string }[];
}

/** Nova also stamps the end of a task; the motion yields that instant. */
export const updatedAt = ({ updated, motion }: Server, now: Instant): Instant =>
  now >= motion.due ? Math.max(updated, motion.due) : updated;

// nova/objects/fields.py InstancePowerState; suspended is 4, as libvirt's managed save reports
const powerStates: Record<VmState, number> = {
  building: 0,
  active: 1,
  paused: 3,
  suspended: 4,
  stopped: 4,
  rescued: 1,
  resized: 1,
  "soft-delete": 4,
  shelved: 4,
  shelved_offloaded: 4,
  error: 1,
  deleted: 0,
};

/** A resized or failed server keeps the power state of before. */
export function powerStateAt(motion: Motion, now: Instant): number {
  const { vm } = observe(motion, now);
  if (vm === "resized") {
    const { from, to } = motion;
    return from === "stopped" || to === "stopped" ? powerStates.stopped : powerStates.resized;
  }
  return vm === "error" && motion.to === "error" ? powerStates[motion.from] : powerStates[vm];
}
