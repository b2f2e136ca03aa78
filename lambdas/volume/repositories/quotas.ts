import { Fault } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Records, Shelf } from "../../ports/records.ts";
import { seenAt, seenOf } from "../model/scheduled-change.ts";
import type { Volume } from "../model/volume.ts";
import { volumesIn } from "./volumes.ts";

/** cinder/quota.py and cinder/conf: what a project may have where nobody has said. */
export const defaults = {
  volumes: 10,
  per_volume_gigabytes: -1,
  snapshots: 10,
  gigabytes: 1000,
  backups: 10,
  backup_gigabytes: 1000,
  groups: 10,
} as const;

export type VolumeLimits = Readonly<Record<keyof typeof defaults, number>>;

export const limited = Object.keys(defaults) as (keyof typeof defaults)[];

/** What of them somebody has set for a project. */
export const limitsShelf: Shelf<Partial<VolumeLimits>> = { name: "VOLUME-QUOTAS" };

/** (GetItem) */
export const limitsOf = async (records: Records, project: string): Promise<VolumeLimits> => ({
  ...defaults,
  ...(await records.get(limitsShelf, project)),
});

/** The volumes a project has, the older first. (Query) */
async function volumesOf(records: Records, project: string, now: Instant): Promise<Volume[]> {
  const all = await volumesIn(records).all({ project, everywhere: false });
  return seenOf(all, now).sort(
    (one, other) => one.created - other.created || (one.id < other.id ? -1 : 1),
  );
}

function sumOf(volumes: readonly Volume[], now: Instant): VolumeLimits {
  const snapshots = volumes.flatMap((volume) => seenOf(volume.snapshots, now));
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

/** What a project uses. (Query) */
export const usedBy = async (
  records: Records,
  project: string,
  now: Instant,
): Promise<VolumeLimits> => sumOf(await volumesOf(records, project, now), now);

const over = (reason: string) => new Fault({ kind: "denied", reason, type: "overLimit" });

/** Refused as Cinder does: the gigabytes first (cinder/quota_utils.py:90). */
export function refuseExcess(
  { gigabytes, ...limits }: VolumeLimits,
  used: VolumeLimits,
  what: "volumes" | "snapshots" | null,
  size: number,
): void {
  if (gigabytes >= 0 && used.gigabytes + size > gigabytes)
    throw over(
      `Requested volume or snapshot exceeds allowed gigabytes quota. Requested ${size}G, quota is ${gigabytes}G and ${used.gigabytes}G has been consumed.`,
    );
  if (what && limits[what] >= 0 && used[what] + 1 > limits[what])
    throw over(`Maximum number of ${what} allowed (${limits[what]}) exceeded for quota '${what}'.`);
}

/** cinder/exception.py:632. */
export function refuseLarge({ per_volume_gigabytes: most }: VolumeLimits, size: number): void {
  if (most >= 0 && size > most)
    throw over(`Requested volume size ${size}G is larger than maximum allowed limit ${most}G.`);
}

/** How often it is counted whether others have made room. */
const counts = 5;

/**
 * Adds a volume where the quota has room for it. All that are added at once count each other, so that
 * it is never exceeded: the last to count has seen them all. Whichever came too late for the room there
 * was takes itself out, and the others count again. What is gone is cleared away in passing.
 * (Query, GetItem, PutItem, DeleteItem)
 */
export async function addVolume(records: Records, volume: Volume, now: Instant): Promise<void> {
  const { project_id: project, size, id } = volume;
  const limits = await limitsOf(records, project);
  refuseLarge(limits, size);
  const there = await volumesIn(records).all({ project, everywhere: false });
  const gone = there.filter((one) => seenAt(one, now) === null);
  await Promise.all(gone.map((one) => volumesIn(records).remove(one)));
  refuseExcess(limits, sumOf(seenOf(there, now), now), "volumes", size);
  await volumesIn(records).add(volume);
  try {
    for (let counted = 1; ; counted++) {
      const all = await volumesOf(records, project, now);
      const others = all.filter((one) => one.id !== id);
      if (fits(limits, sumOf(others, now), size)) return;
      const earlier = all.slice(
        0,
        all.findIndex((one) => one.id === id),
      );
      refuseExcess(limits, sumOf(counted < counts ? earlier : others, now), "volumes", size);
    }
  } catch (cause) {
    await volumesIn(records).remove(volume);
    throw cause;
  }
}

function fits(limits: VolumeLimits, used: VolumeLimits, size: number): boolean {
  try {
    refuseExcess(limits, used, "volumes", size);
    return true;
  } catch {
    return false;
  }
}
