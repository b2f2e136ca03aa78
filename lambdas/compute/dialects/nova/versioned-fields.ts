import type { Spoken } from "../../../http/dialect.ts";
import type { ShownServer } from "../../../http/responses.ts";
import { placed } from "../../model/lifecycle.ts";
import type { BootFlavor } from "../../model/server.ts";

/** Alone and in full; in a list of many in full; or as PUT answered up to 2.74. */
export type View = "shown" | "listed" | "reduced";

interface Later {
  /** The N of the 2.N that it came with. */
  readonly since: number;
  /** Where it is seen; allProjects when it does not say. */
  readonly views?: readonly View[];
  /** For administrators alone. */
  readonly admin?: true;
  of(server: ShownServer, spoken: Spoken): object;
}

const inFull: readonly View[] = ["shown", "listed"];

/** What came to a server after 2.1, or changed (facts: nova-api §2.4; views/servers.py:270). */
const later: readonly Later[] = [
  { since: 3, admin: true, views: inFull, of: innards },
  { since: 9, of: ({ lock }) => ({ locked: lock !== null }) },
  {
    since: 16,
    admin: true,
    views: inFull,
    of: (server, { now }) => ({ host_status: placed(server, now) ? "UP" : "" }),
  },
  { since: 19, of: ({ description }) => ({ description }) },
  { since: 26, of: ({ tags }) => ({ tags }) },
  { since: 47, of: ({ flavor }) => ({ flavor: flavor ? embedded(flavor) : {} }) },
  { since: 63, of: (server) => ({ trusted_image_certificates: server.trustedCertificates }) },
  {
    since: 71,
    views: ["shown", "reduced"],
    of: ({ hints: { group } }) => ({ server_groups: typeof group === "string" ? [group] : [] }),
  },
  { since: 73, of: ({ lock }) => ({ locked_reason: lock?.reason ?? null }) },
  { since: 90, of: ({ hostname }) => ({ "OS-EXT-SRV-ATTR:hostname": hostname }) },
  { since: 96, views: inFull, of: (server) => ({ pinned_availability_zone: server.pinnedZone }) },
];

/** What of them this version shows this caller. */
export function laterFields(server: ShownServer, spoken: Spoken, view: View): object {
  const { microversion, caller } = spoken;
  if (microversion === 1) return nothing;
  const admin = caller?.roles.includes("admin") ?? false;
  const shown = {};
  for (const { since, views, admin: restricted, of } of later)
    if (since <= microversion && (!views || views.includes(view)) && (!restricted || admin))
      Object.assign(shown, of(server, spoken));
  return shown;
}

const nothing = {};

function innards(server: ShownServer, { now }: Spoken) {
  return {
    "OS-EXT-SRV-ATTR:hostname": server.hostname,
    "OS-EXT-SRV-ATTR:kernel_id": "",
    "OS-EXT-SRV-ATTR:launch_index": server.launchIndex,
    "OS-EXT-SRV-ATTR:ramdisk_id": "",
    "OS-EXT-SRV-ATTR:reservation_id": server.reservation,
    "OS-EXT-SRV-ATTR:root_device_name": placed(server, now) ? rootDevice : null,
    ...(server.userData !== undefined && { "OS-EXT-SRV-ATTR:user_data": server.userData }),
  };
}

/** What libvirt calls the disk of a virtio guest. */
const rootDevice = "/dev/vda";

/** Without id and links: the flavor may be another by now, or gone (2.47). */
const embedded = ({ name, vcpus, ram, disk, ...flavor }: BootFlavor) => ({
  disk,
  ephemeral: flavor.ephemeral ?? 0,
  extra_specs: flavor.extraSpecs ?? {},
  original_name: name,
  ram,
  swap: flavor.swap ?? 0,
  vcpus,
});
