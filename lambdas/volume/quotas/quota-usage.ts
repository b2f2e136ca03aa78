import { Fault } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Records } from "../../ports/records.ts";
import {
  getVolumeLimits,
  getVolumeUsage,
  type VolumeLimits,
  volumeLimitNames,
} from "../repositories/quotas.ts";
import { isAdmin, type VolumeCall } from "../request.ts";

/** Throws `forbidden` for another project's quota, unless an administrator asks (cinder/policies/quotas.py). */
export function assertOwnQuota(call: Pick<VolumeCall, "caller" | "project">, id: string): void {
  if (id !== call.project && !isAdmin(call))
    throw new Fault({ kind: "forbidden", rule: "volume_extension:quotas:show" });
}

/** The limits with their use, for `?usage=true`. @calls GetItem, Query */
export async function getQuotaUsage(records: Records, project: string, now: Instant) {
  const limits = await getVolumeLimits(records, project);
  const used = await getVolumeUsage(records, project, now);
  return Object.fromEntries(
    volumeLimitNames.map((name) => [
      name,
      { limit: limits[name], in_use: used[name], reserved: 0 },
    ]),
  ) as Readonly<Record<keyof VolumeLimits, object>>;
}
