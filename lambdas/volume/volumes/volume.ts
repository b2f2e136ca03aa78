import { orNull, toIsoMicros } from "../../core/times.ts";
import type { Entry } from "../list-engine.ts";
import { type Attachment, pool, type Volume } from "../model/volume.ts";
import { type Asking, isAdmin, linksTo } from "../request.ts";

/** The one service that keeps volumes. */
const service = "5d1c7f20-8a3b-4e6f-9c2d-1b0a9e8f7c02";

/** cinder/api/v3/views/volumes.py. */
export const briefly = (asking: Asking, { id, name }: Volume) => ({
  id,
  name,
  links: linksTo(asking, "volumes", id),
});

export function inDetail(asking: Asking, volume: Volume) {
  const { microversion: version } = asking;
  const admin = isAdmin(asking);
  return {
    id: volume.id,
    status: volume.status,
    size: volume.size,
    availability_zone: volume.zone,
    created_at: toIsoMicros(volume.created),
    updated_at: orNull(toIsoMicros)(volume.updated),
    name: volume.name,
    description: volume.description,
    volume_type: volume.type.name,
    snapshot_id: volume.snapshot,
    source_volid: volume.source,
    metadata: metadataOf(volume),
    links: linksTo(asking, "volumes", volume.id),
    user_id: volume.user,
    bootable: String(volume.bootable),
    encrypted: false,
    replication_status: null,
    consistencygroup_id: null,
    multiattach: volume.multiattach,
    attachments: volume.ties
      .filter(({ status }) => status === "attached")
      .map((tie) => attachment(volume, tie, admin)),
    ...(admin && { migration_status: null }),
    ...(version >= 13 && { group_id: null }),
    ...(version >= 21 && admin && { provider_id: null }),
    ...(version >= 48 && { shared_targets: false, service_uuid: service }),
    ...(version >= 61 && admin && { cluster_name: null }),
    ...(version >= 63 && { volume_type_id: volume.type.id }),
    ...(version >= 65 && { consumes_quota: true }),
  };
}

/** With what the extensions add, which create and update go without. */
export const inFull = (asking: Asking, volume: Volume) => ({
  ...inDetail(asking, volume),
  "os-vol-tenant-attr:tenant_id": volume.project_id,
  ...(isAdmin(asking) && {
    "os-vol-host-attr:host": pool,
    "os-vol-mig-status-attr:migstat": null,
    "os-vol-mig-status-attr:name_id": null,
  }),
  ...(volume.image && { volume_image_metadata: volume.image }),
});

/** With what an administrator may have set (cinder/api/api_utils.py:add_visible_admin_metadata). */
const metadataOf = ({ metadata, readonly, ties }: Volume) => {
  const held = ties.find(({ status, mode }) => status === "attached" && mode);
  return {
    ...metadata,
    ...(readonly !== null && { readonly: readonly ? "True" : "False" }),
    ...(held?.mode && { attached_mode: held.mode }),
  };
};

const attachment = ({ id }: Volume, tie: Attachment, admin: boolean) => ({
  id,
  attachment_id: tie.id,
  volume_id: id,
  server_id: tie.server,
  host_name: admin ? tie.host : null,
  device: tie.device,
  attached_at: orNull(toIsoMicros)(tie.attached),
});

/** What everybody may look for volumes by (etc/cinder/resource_filters.json). */
export const volumeFilters = [
  ...["name", "status", "metadata", "bootable", "migration_status", "availability_zone"],
  ...["group_id", "size", "created_at", "updated_at", "consumes_quota"],
];

export const volumeEntry = (asking: Asking, volume: Volume, shown: unknown): Entry => ({
  facts: {
    ...inFull({ ...asking, microversion: 65 }, volume),
    id: volume.id,
    metadata: volume.metadata,
    project_id: volume.project_id,
    host: pool,
  },
  shown,
});
