import { annex } from "../http/function-group.ts";
import type { Annex } from "../http/operation.ts";

/** All of Cinder. */
export const volumeAnnex = {
  id: "annexes/volume",
  doors: ["/volume/v3/{project_id}", "/volume/v3"],
  operations: {
    "GET /attachments": async () =>
      (await import("../volume/attachments/list-attachments.ts")).listAttachments,
    "POST /attachments": async () =>
      (await import("../volume/attachments/create-attachment.ts")).createAttachment,
    "GET /attachments/detail": async () =>
      (await import("../volume/attachments/list-attachment-details.ts")).listAttachmentDetails,
    "DELETE /attachments/{attachment_id}": async () =>
      (await import("../volume/attachments/delete-attachment.ts")).deleteAttachment,
    "GET /attachments/{attachment_id}": async () =>
      (await import("../volume/attachments/show-attachment.ts")).showAttachment,
    "PUT /attachments/{attachment_id}": async () =>
      (await import("../volume/attachments/update-attachment.ts")).updateAttachment,
    "POST /attachments/{attachment_id}/action": async () =>
      (await import("../volume/attachments/act-on-attachment.ts")).actOnAttachment,
    "GET /backups": async () => (await import("../volume/services/list-backups.ts")).listBackups,
    "GET /backups/detail": async () =>
      (await import("../volume/services/list-backup-details.ts")).listBackupDetails,
    "GET /extensions": async () =>
      (await import("../volume/services/list-volume-extensions.ts")).listVolumeExtensions,
    "GET /limits": async () => (await import("../volume/quotas/show-limits.ts")).showLimits,
    "GET /os-availability-zone": async () =>
      (await import("../volume/services/list-volume-zones.ts")).listVolumeZones,
    "GET /os-quota-class-sets/{quota_class}": async () =>
      (await import("../volume/quotas/show-quota-class.ts")).showQuotaClass,
    "DELETE /os-quota-sets/{quota_project}": async () =>
      (await import("../volume/quotas/reset-quotas.ts")).resetQuotas,
    "GET /os-quota-sets/{quota_project}": async () =>
      (await import("../volume/quotas/show-quotas.ts")).showQuotas,
    "PUT /os-quota-sets/{quota_project}": async () =>
      (await import("../volume/quotas/update-quotas.ts")).updateQuotas,
    "GET /os-quota-sets/{quota_project}/defaults": async () =>
      (await import("../volume/quotas/show-default-quotas.ts")).showDefaultQuotas,
    "GET /os-services": async () =>
      (await import("../volume/services/list-volume-services.ts")).listVolumeServices,
    "GET /scheduler-stats/get_pools": async () =>
      (await import("../volume/services/list-pools.ts")).listPools,
    "GET /snapshots": async () =>
      (await import("../volume/snapshots/list-snapshots.ts")).listSnapshots,
    "POST /snapshots": async () =>
      (await import("../volume/snapshots/create-snapshot.ts")).createSnapshot,
    "GET /snapshots/detail": async () =>
      (await import("../volume/snapshots/list-snapshot-details.ts")).listSnapshotDetails,
    "DELETE /snapshots/{snapshot_id}": async () =>
      (await import("../volume/snapshots/delete-snapshot.ts")).deleteSnapshot,
    "GET /snapshots/{snapshot_id}": async () =>
      (await import("../volume/snapshots/show-snapshot.ts")).showSnapshot,
    "PUT /snapshots/{snapshot_id}": async () =>
      (await import("../volume/snapshots/update-snapshot.ts")).updateSnapshot,
    "POST /snapshots/{snapshot_id}/action": async () =>
      (await import("../volume/snapshots/act-on-snapshot.ts")).actOnSnapshot,
    "GET /snapshots/{snapshot_id}/metadata": async () =>
      (await import("../volume/snapshots/list-snapshot-metadata.ts")).listSnapshotMetadata,
    "POST /snapshots/{snapshot_id}/metadata": async () =>
      (await import("../volume/snapshots/merge-snapshot-metadata.ts")).mergeSnapshotMetadata,
    "PUT /snapshots/{snapshot_id}/metadata": async () =>
      (await import("../volume/snapshots/replace-snapshot-metadata.ts")).replaceSnapshotMetadata,
    "DELETE /snapshots/{snapshot_id}/metadata/{key}": async () =>
      (await import("../volume/snapshots/delete-snapshot-metadata-item.ts"))
        .deleteSnapshotMetadataItem,
    "GET /snapshots/{snapshot_id}/metadata/{key}": async () =>
      (await import("../volume/snapshots/show-snapshot-metadata-item.ts")).showSnapshotMetadataItem,
    "PUT /snapshots/{snapshot_id}/metadata/{key}": async () =>
      (await import("../volume/snapshots/set-snapshot-metadata-item.ts")).setSnapshotMetadataItem,
    "GET /types": async () => (await import("../volume/types/list-types.ts")).listTypes,
    "POST /types": async () => (await import("../volume/types/create-type.ts")).createType,
    "DELETE /types/{type_id}": async () =>
      (await import("../volume/types/delete-type.ts")).deleteType,
    "GET /types/{type_id}": async () => (await import("../volume/types/show-type.ts")).showType,
    "PUT /types/{type_id}": async () => (await import("../volume/types/update-type.ts")).updateType,
    "POST /types/{type_id}/action": async () =>
      (await import("../volume/types/act-on-type.ts")).actOnType,
    "GET /types/{type_id}/encryption": async () =>
      (await import("../volume/types/show-type-encryption.ts")).showTypeEncryption,
    "GET /types/{type_id}/extra_specs": async () =>
      (await import("../volume/types/list-type-extra-specs.ts")).listTypeExtraSpecs,
    "POST /types/{type_id}/extra_specs": async () =>
      (await import("../volume/types/add-type-extra-specs.ts")).addTypeExtraSpecs,
    "DELETE /types/{type_id}/extra_specs/{key}": async () =>
      (await import("../volume/types/delete-type-extra-spec.ts")).deleteTypeExtraSpec,
    "GET /types/{type_id}/extra_specs/{key}": async () =>
      (await import("../volume/types/show-type-extra-spec.ts")).showTypeExtraSpec,
    "PUT /types/{type_id}/extra_specs/{key}": async () =>
      (await import("../volume/types/set-type-extra-spec.ts")).setTypeExtraSpec,
    "GET /types/{type_id}/os-volume-type-access": async () =>
      (await import("../volume/types/list-type-access.ts")).listTypeAccess,
    "GET /volumes": async () => (await import("../volume/volumes/list-volumes.ts")).listVolumes,
    "POST /volumes": async () => (await import("../volume/volumes/create-volume.ts")).createVolume,
    "GET /volumes/detail": async () =>
      (await import("../volume/volumes/list-volume-details.ts")).listVolumeDetails,
    "GET /volumes/summary": async () =>
      (await import("../volume/volumes/summarize-volumes.ts")).summarizeVolumes,
    "DELETE /volumes/{volume_id}": async () =>
      (await import("../volume/volumes/delete-volume.ts")).deleteVolume,
    "GET /volumes/{volume_id}": async () =>
      (await import("../volume/volumes/show-volume.ts")).showVolume,
    "PUT /volumes/{volume_id}": async () =>
      (await import("../volume/volumes/update-volume.ts")).updateVolume,
    "POST /volumes/{volume_id}/action": async () =>
      (await import("../volume/volumes/act-on-volume.ts")).actOnVolume,
    "GET /volumes/{volume_id}/encryption": async () =>
      (await import("../volume/volumes/show-encryption.ts")).showEncryption,
    "GET /volumes/{volume_id}/metadata": async () =>
      (await import("../volume/volumes/list-volume-metadata.ts")).listVolumeMetadata,
    "POST /volumes/{volume_id}/metadata": async () =>
      (await import("../volume/volumes/merge-volume-metadata.ts")).mergeVolumeMetadata,
    "PUT /volumes/{volume_id}/metadata": async () =>
      (await import("../volume/volumes/replace-volume-metadata.ts")).replaceVolumeMetadata,
    "DELETE /volumes/{volume_id}/metadata/{key}": async () =>
      (await import("../volume/volumes/delete-volume-metadata-item.ts")).deleteVolumeMetadataItem,
    "GET /volumes/{volume_id}/metadata/{key}": async () =>
      (await import("../volume/volumes/show-volume-metadata-item.ts")).showVolumeMetadataItem,
    "PUT /volumes/{volume_id}/metadata/{key}": async () =>
      (await import("../volume/volumes/set-volume-metadata-item.ts")).setVolumeMetadataItem,
  },
} satisfies Annex;

export const handler = annex(volumeAnnex);
