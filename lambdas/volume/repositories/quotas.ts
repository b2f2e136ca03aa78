import { Fault } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Collection, Records } from "../../ports/records.ts";
import { stateAt, statesAt } from "../model/scheduled-change.ts";
import type { Volume } from "../model/volume.ts";
import { volumesIn } from "./volumes.ts";

/** cinder/quota.py, cinder/common/config.py; -1 is unlimited. */
export const defaultVolumeLimits = {
  volumes: 10,
  per_volume_gigabytes: -1,
  snapshots: 10,
  gigabytes: 1000,
  backups: 10,
  backup_gigabytes: 1000,
  groups: 10,
} as const;

export type VolumeLimits = Readonly<Record<keyof typeof defaultVolumeLimits, number>>;

export const volumeLimitNames = Object.keys(
  defaultVolumeLimits,
) as (keyof typeof defaultVolumeLimits)[];

/** Limits that an administrator set, by project. */
export const volumeLimitsCollection: Collection<Partial<VolumeLimits>> = { name: "VOLUME-QUOTAS" };

/** @calls GetItem */
export const getVolumeLimits = async (
  records: Records,
  project: string,
): Promise<VolumeLimits> => ({
  ...defaultVolumeLimits,
  ...(await records.get(volumeLimitsCollection, project)),
});

/** Oldest first. @calls Query */
async function volumesByAge(records: Records, project: string, now: Instant): Promise<Volume[]> {
  const all = await volumesIn(records).all({ project, allProjects: false });
  return statesAt(all, now).sort(
    (one, other) => one.created - other.created || (one.id < other.id ? -1 : 1),
  );
}

function sumUsage(volumes: readonly Volume[], now: Instant): VolumeLimits {
  const snapshots = volumes.flatMap((volume) => statesAt(volume.snapshots, now));
  return {
    volumes: volumes.length,
    per_volume_gigabytes: 0,
    snapshots: snapshots.length,
    gigabytes: [...volumes, ...snapshots].reduce((all, { size }) => all + size, 0),
    backups: 0,
    backup_gigabytes: 0,
    groups: 0,
  };
}

/** @calls Query */
export const getVolumeUsage = async (
  records: Records,
  project: string,
  now: Instant,
): Promise<VolumeLimits> => sumUsage(await volumesByAge(records, project, now), now);

const overLimit = (reason: string) => new Fault({ kind: "denied", reason, type: "overLimit" });

/** Throws `denied`; checks gigabytes first, as Cinder does (cinder/quota_utils.py:90). */
export function assertVolumeQuota(
  { gigabytes, ...limits }: VolumeLimits,
  used: VolumeLimits,
  resource: "volumes" | "snapshots" | null,
  size: number,
): void {
  if (gigabytes >= 0 && used.gigabytes + size > gigabytes)
    throw overLimit(
      `Requested volume or snapshot exceeds allowed gigabytes quota. Requested ${size}G, quota is ${gigabytes}G and ${used.gigabytes}G has been consumed.`,
    );
  if (resource && limits[resource] >= 0 && used[resource] + 1 > limits[resource])
    throw overLimit(
      `Maximum number of ${resource} allowed (${limits[resource]}) exceeded for quota '${resource}'.`,
    );
}

/** Throws `denied` (cinder/exception.py:632). */
export function assertVolumeSize(
  { per_volume_gigabytes: maxGigabytes }: VolumeLimits,
  size: number,
): void {
  if (maxGigabytes >= 0 && size > maxGigabytes)
    throw overLimit(
      `Requested volume size ${size}G is larger than maximum allowed limit ${maxGigabytes}G.`,
    );
}

/** Counts after which a volume that is over the quota is refused. */
const maxRecounts = 5;

/**
 * Adds a volume, then counts: the last of concurrent creations counts all, so the quota holds. Removes an
 * excess volume again, and records of deleted ones. Throws `denied`.
 * @calls Query, GetItem, PutItem, DeleteItem
 */
export async function addVolume(records: Records, volume: Volume, now: Instant): Promise<void> {
  const { project_id: project, size, id } = volume;
  const limits = await getVolumeLimits(records, project);
  assertVolumeSize(limits, size);
  const existing = await volumesIn(records).all({ project, allProjects: false });
  const deleted = existing.filter((one) => stateAt(one, now) === null);
  await Promise.all(deleted.map((one) => volumesIn(records).remove(one)));
  assertVolumeQuota(limits, sumUsage(statesAt(existing, now), now), "volumes", size);
  await volumesIn(records).add(volume);
  try {
    for (let count = 1; ; count++) {
      const all = await volumesByAge(records, project, now);
      const others = all.filter((one) => one.id !== id);
      if (fitsVolumeQuota(limits, sumUsage(others, now), size)) return;
      const earlier = all.slice(
        0,
        all.findIndex((one) => one.id === id),
      );
      assertVolumeQuota(
        limits,
        sumUsage(count < maxRecounts ? earlier : others, now),
        "volumes",
        size,
      );
    }
  } catch (cause) {
    await volumesIn(records).remove(volume);
    throw cause;
  }
}

function fitsVolumeQuota(limits: VolumeLimits, used: VolumeLimits, size: number): boolean {
  try {
    assertVolumeQuota(limits, used, "volumes", size);
    return true;
  } catch {
    return false;
  }
}
