import type { RequestContext } from "../../../http/dialect.ts";
import type { ShownServer } from "../../../http/responses.ts";
import { isOnHost } from "../../model/lifecycle.ts";
import type { BootFlavor } from "../../model/server.ts";

/** Views of a server: alone, in a detailed list, or reduced as PUT answered until 2.74. */
export type ServerViewKind = "shown" | "listed" | "reduced";

interface VersionedField {
  /** First microversion: N of 2.N. */
  readonly since: number;
  /** Views with the field; absent: all. */
  readonly views?: readonly ServerViewKind[];
  /** For administrators only. */
  readonly isAdminOnly?: true;
  fields(server: ShownServer, context: RequestContext): object;
}

const detailViews: readonly ServerViewKind[] = ["shown", "listed"];

/** Fields added or changed after 2.1 (nova/api/openstack/compute/views/servers.py:270). */
const versionedFields: readonly VersionedField[] = [
  { since: 3, isAdminOnly: true, views: detailViews, fields: adminFields },
  { since: 9, fields: ({ lock }) => ({ locked: lock !== null }) },
  {
    since: 16,
    isAdminOnly: true,
    views: detailViews,
    fields: (server, { now }) => ({ host_status: isOnHost(server, now) ? "UP" : "" }),
  },
  { since: 19, fields: ({ description }) => ({ description }) },
  { since: 26, fields: ({ tags }) => ({ tags }) },
  { since: 47, fields: ({ flavor }) => ({ flavor: flavor ? embeddedFlavorView(flavor) : {} }) },
  { since: 63, fields: (server) => ({ trusted_image_certificates: server.trustedCertificates }) },
  {
    since: 71,
    views: ["shown", "reduced"],
    fields: ({ hints: { group } }) => ({ server_groups: typeof group === "string" ? [group] : [] }),
  },
  { since: 73, fields: ({ lock }) => ({ locked_reason: lock?.reason ?? null }) },
  { since: 90, fields: ({ hostname }) => ({ "OS-EXT-SRV-ATTR:hostname": hostname }) },
  {
    since: 96,
    views: detailViews,
    fields: (server) => ({ pinned_availability_zone: server.pinnedZone }),
  },
];

/** The fields of a version for a caller. */
export function viewVersionedFields(
  server: ShownServer,
  context: RequestContext,
  view: ServerViewKind,
): object {
  const { microversion, caller } = context;
  if (microversion === 1) return noFields;
  const isAdmin = caller?.roles.includes("admin") ?? false;
  const result = {};
  for (const { since, views, isAdminOnly, fields } of versionedFields)
    if (since <= microversion && (!views || views.includes(view)) && (!isAdminOnly || isAdmin))
      Object.assign(result, fields(server, context));
  return result;
}

const noFields = {};

function adminFields(server: ShownServer, { now }: RequestContext) {
  return {
    "OS-EXT-SRV-ATTR:hostname": server.hostname,
    "OS-EXT-SRV-ATTR:kernel_id": "",
    "OS-EXT-SRV-ATTR:launch_index": server.launchIndex,
    "OS-EXT-SRV-ATTR:ramdisk_id": "",
    "OS-EXT-SRV-ATTR:reservation_id": server.reservation,
    "OS-EXT-SRV-ATTR:root_device_name": isOnHost(server, now) ? rootDeviceName : null,
    ...(server.userData !== undefined && { "OS-EXT-SRV-ATTR:user_data": server.userData }),
  };
}

/** libvirt's name of a virtio guest's root disk. */
const rootDeviceName = "/dev/vda";

/** Without id and links: the flavor may have changed or be deleted (2.47). */
const embeddedFlavorView = ({ name, vcpus, ram, disk, ...flavor }: BootFlavor) => ({
  disk,
  ephemeral: flavor.ephemeral ?? 0,
  extra_specs: flavor.extraSpecs ?? {},
  original_name: name,
  ram,
  swap: flavor.swap ?? 0,
  vcpus,
});
