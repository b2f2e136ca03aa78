import { orNull, toIsoMicros } from "../../core/times.ts";
import type { Image } from "../../image/model/image.ts";
import { resourceLinks } from "../links.ts";
import type { ListEntry } from "../list-engine.ts";
import { type Attachment, pool, type Volume } from "../model/volume.ts";
import { isAdmin, type VolumeCall } from "../request.ts";

const serviceUuid = "5d1c7f20-8a3b-4e6f-9c2d-1b0a9e8f7c02";

/** cinder/api/v3/views/volumes.py. */
export const volumeSummaryView = (call: VolumeCall, { id, name }: Volume) => ({
  id,
  name,
  links: resourceLinks(call, "volumes", id),
});

export function volumeDetailView(call: VolumeCall, volume: Volume) {
  const { microversion: version } = call;
  const isAdministrator = isAdmin(call);
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
    metadata: metadataView(volume),
    links: resourceLinks(call, "volumes", volume.id),
    user_id: volume.user,
    bootable: String(volume.bootable),
    encrypted: false,
    replication_status: null,
    consistencygroup_id: null,
    multiattach: volume.multiattach,
    attachments: volume.ties
      .filter(({ status }) => status === "attached")
      .map((attachment) => nestedAttachmentView(volume, attachment, isAdministrator)),
    ...(isAdministrator && { migration_status: null }),
    ...(version >= 13 && { group_id: null }),
    ...(version >= 21 && isAdministrator && { provider_id: null }),
    ...(version >= 48 && { shared_targets: false, service_uuid: serviceUuid }),
    ...(version >= 61 && isAdministrator && { cluster_name: null }),
    ...(version >= 63 && { volume_type_id: volume.type.id }),
    ...(version >= 65 && { consumes_quota: true }),
  };
}

/** With the members of the extensions, which create and update omit. */
export const volumeFullView = (call: VolumeCall, volume: Volume) => ({
  ...volumeDetailView(call, volume),
  "os-vol-tenant-attr:tenant_id": volume.project_id,
  ...(isAdmin(call) && {
    "os-vol-host-attr:host": pool,
    "os-vol-mig-status-attr:migstat": null,
    "os-vol-mig-status-attr:name_id": null,
  }),
  ...(volume.image && { volume_image_metadata: volume.image }),
});

/** With the visible admin metadata (cinder/api/api_utils.py add_visible_admin_metadata). */
const metadataView = ({ metadata, readonly, ties }: Volume) => {
  const held = ties.find(({ status, mode }) => status === "attached" && mode);
  return {
    ...metadata,
    ...(readonly !== null && { readonly: readonly ? "True" : "False" }),
    ...(held?.mode && { attached_mode: held.mode }),
  };
};

const nestedAttachmentView = ({ id }: Volume, attachment: Attachment, admin: boolean) => ({
  id,
  attachment_id: attachment.id,
  volume_id: id,
  server_id: attachment.server,
  host_name: admin ? attachment.host : null,
  device: attachment.device,
  attached_at: orNull(toIsoMicros)(attachment.attached),
});

/** etc/cinder/resource_filters.json. */
export const volumeFilters = [
  ...["name", "status", "metadata", "bootable", "migration_status", "availability_zone"],
  ...["group_id", "size", "created_at", "updated_at", "consumes_quota"],
];

export const volumeEntry = (call: VolumeCall, volume: Volume, view: unknown): ListEntry => ({
  fields: {
    ...volumeFullView({ ...call, microversion: 65 }, volume),
    id: volume.id,
    metadata: volume.metadata,
    project_id: volume.project_id,
    host: pool,
  },
  view,
});

/** The fake driver's connection: no storage backs a volume. */
export const connectionView = ({ id, readonly }: Volume) => ({
  driver_volume_type: "fake",
  data: {
    volume_id: id,
    target_discovered: false,
    access_mode: readonly ? "ro" : "rw",
    encrypted: false,
    qos_specs: null,
  },
});

/** cinder/volume/api.py:1531. */
export const uploadedImageView = (volume: Volume, image: Image, microversion: number) => ({
  id: volume.id,
  updated_at: orNull(toIsoMicros)(volume.updated),
  status: "uploading",
  display_description: volume.description,
  size: volume.size,
  volume_type: { id: volume.type.id, name: volume.type.name },
  image_id: image.id,
  container_format: image.containerFormat,
  disk_format: image.diskFormat,
  image_name: image.name,
  ...(microversion >= 1 && { protected: image.protected, visibility: image.visibility }),
});

export function volumesTotalView(
  volumes: readonly Volume[],
  { microversion }: Pick<VolumeCall, "microversion">,
) {
  const values: Record<string, string[]> = {};
  for (const [key, value] of volumes.flatMap(({ metadata }) => Object.entries(metadata)))
    values[key] = [...new Set([...(values[key] ?? []), value])].sort();
  return {
    total_count: volumes.length,
    total_size: volumes.reduce((sum, { size }) => sum + size, 0),
    ...(microversion >= 36 && { metadata: values }),
  };
}
