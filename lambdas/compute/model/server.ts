import type { Instant } from "../../core/instant.ts";
import type { Address } from "../../network/model/network-info.ts";
import type { AttachedVolume } from "./attached-volume.ts";
import type { Flavor } from "./flavor.ts";
import { type Motion, observe, type VmState } from "./lifecycle.ts";

/** Image and flavor facts are copied in at create, so that showing a server reads one item. */
export interface Server {
  readonly id: string;
  readonly project: string;
  readonly user: string;
  readonly name: string;
  /** null where there is none; before 2.19 nobody could say one, and it is the name (servers.py:722). */
  readonly description: string | null;
  /** What the guest calls itself. */
  readonly hostname: string;
  /** Sorted, each of them once. */
  readonly tags: readonly string[];
  /** null for a server that anybody who may act on it acts on (E-05). */
  readonly lock: Lock | null;
  readonly motion: Motion;
  readonly created: Instant;
  /** The last write; what a client is told may be later, see `updatedAt`. */
  readonly updated: Instant;
  /** When it first became active; null when it never will. */
  readonly launched: Instant | null;
  /** When its guest comes up by the last action that boots it, after the create; null where none did. */
  readonly booted: Instant | null;
  /** null where the flavor has been removed (S3-32). */
  readonly flavor: BootFlavor | null;
  readonly image: { readonly id: string; readonly name: string } | null;
  readonly addresses: readonly Address[];
  /** In the order they were attached. */
  readonly volumes: readonly AttachedVolume[];
  /** The default included public address of the Rackspace and FlexCloud dialects. */
  readonly publicIPv4: string;
  readonly accessIPv4: string;
  readonly accessIPv6: string;
  readonly diskConfig: "AUTO" | "MANUAL";
  readonly metadata: Metadata;
  readonly keyName: string | null;
  readonly configDrive: boolean;
  readonly availabilityZone: string;
  /** The zone that was asked for; null where any would do. */
  readonly pinnedZone: string | null;
  /** The how-manieth of those created together, from 0. */
  readonly launchIndex: number;
  readonly trustedCertificates: readonly string[] | null;
  readonly securityGroups: readonly string[];
  /** "" for one that no host was found for. */
  readonly host: string;
  /** sha224(project + host), 56 hex digits (nova/utils.py:841). */
  readonly hostId: string;
  /** What it was before it was resized or moved; null where that has been confirmed, or never was. */
  readonly before: MigrationContext | null;
  /** What went wrong last, as ERROR shows it. */
  readonly fault: ServerFault | null;
  /** The image it was shelved to, which is gone once it is unshelved. */
  readonly shelvedImage: string | null;
  /** It is deleted softly, and takes nothing of the quota until it is restored. */
  readonly freed: boolean;
  readonly reservation: string;
  readonly hints: Readonly<Record<string, unknown>>;
  /** Console tokens of an earlier epoch open nothing. */
  readonly consoleEpoch: number;
}

/** What a server keeps of the flavor it was created with. */
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

/** The flavor may change or go: a server stays what it was created as. */
export const toBootFlavor = ({ id, name, vcpus, ram, disk, ...more }: BootFlavor): BootFlavor => ({
  ...{ id, name, vcpus, ram, disk },
  ...(more.ephemeral && { ephemeral: more.ephemeral }),
  ...(more.swap && { swap: more.swap }),
  ...(Object.keys(more.extraSpecs ?? {}).length > 0 && { extraSpecs: more.extraSpecs }),
});

/** What is another once a server has been resized or moved. */
export interface HostAndFlavor {
  readonly flavor: BootFlavor | null;
  readonly host: string;
  readonly hostId: string;
}

export interface MigrationContext extends HostAndFlavor {
  /** The server is that still, up to this instant. */
  readonly until: Instant;
  /** The number of what led it from there (migration.ts). */
  readonly migration: number;
}

/** nova/objects/instance_fault.py. */
export interface ServerFault {
  readonly code: number;
  readonly message: string;
  /** For administrators, and for any code but 500. */
  readonly details: string | null;
  readonly created: Instant;
}

/** The server as it is by now, in the midst of a resize or a move; what it is to be, it holds on to. */
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
  /** Somebody of the server's project, or an administrator of another. */
  readonly by: "owner" | "admin";
  readonly reason: string | null;
}
/** nova/objects/instance.py MAX_TAG_COUNT. */
export const maxTags = 50;

export type Metadata = Readonly<Record<string, string>>;

/** What PUT may change of a server. */
export interface ServerUpdate {
  readonly name?: string;
  readonly description?: string | null;
  readonly hostname?: string;
  readonly accessIPv4?: string;
  readonly accessIPv6?: string;
  readonly diskConfig?: "AUTO" | "MANUAL";
}

/** What comes with a create or a rebuild, and few are shown: kept in an item of its own, for its size. */
export interface BootData {
  readonly userData?: string;
  readonly personality?: readonly { readonly path: string; readonly contents: string }[];
}

/** Nova stamps a row when a task begins and again when it ends; here the end is worked out. */
export const updatedAt = ({ updated, motion }: Server, now: Instant): Instant =>
  now >= motion.due ? Math.max(updated, motion.due) : updated;

// nova/objects/fields.py InstancePowerState; 4 for suspended as libvirt's managed save leaves it
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

/** One that was off is resized as it was, and one that failed is as it was when it did. */
export function powerStateAt(motion: Motion, now: Instant): number {
  const { vm } = observe(motion, now);
  if (vm === "resized") {
    const { from, to } = motion;
    return from === "stopped" || to === "stopped" ? powerStates.stopped : powerStates.resized;
  }
  return vm === "error" && motion.to === "error" ? powerStates[motion.from] : powerStates[vm];
}
