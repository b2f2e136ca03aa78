import { type VolumeLimits, volumeLimitNames } from "../repositories/quotas.ts";

/** cinder/api/views/limits.py and cinder/api/contrib/used_limits.py. */
export const limitsView = (limits: VolumeLimits, used: VolumeLimits) => ({
  rate: [],
  absolute: {
    maxTotalVolumes: limits.volumes,
    maxTotalSnapshots: limits.snapshots,
    maxTotalVolumeGigabytes: limits.gigabytes,
    maxTotalBackups: limits.backups,
    maxTotalBackupGigabytes: limits.backup_gigabytes,
    totalVolumesUsed: used.volumes,
    totalGigabytesUsed: used.gigabytes,
    totalSnapshotsUsed: used.snapshots,
    totalBackupsUsed: 0,
    totalBackupGigabytesUsed: 0,
  },
});

/** The limits with their use, for `?usage=true`. */
export const quotaUsageView = (limits: VolumeLimits, used: VolumeLimits) =>
  Object.fromEntries(
    volumeLimitNames.map((name) => [
      name,
      { limit: limits[name], in_use: used[name], reserved: 0 },
    ]),
  ) as Readonly<Record<keyof VolumeLimits, object>>;
