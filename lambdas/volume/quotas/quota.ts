import { Fault } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Records } from "../../ports/records.ts";
import {
  getVolumeLimits,
  getVolumeUsage,
  type VolumeLimits,
  volumeLimitNames,
} from "../repositories/quotas.ts";
import { type Asking, isAdmin } from "../request.ts";

/** A project's own, or anybody's for an administrator (cinder/policies/quotas.py). */
export function refuseForeign(asking: Pick<Asking, "caller" | "project">, id: string): void {
  if (id !== asking.project && !isAdmin(asking))
    throw new Fault({ kind: "forbidden", rule: "volume_extension:quotas:show" });
}

/** What a project may have, and what of it it has. (GetItem, Query) */
export async function usageOf(records: Records, project: string, now: Instant) {
  const limits = await getVolumeLimits(records, project);
  const used = await getVolumeUsage(records, project, now);
  return Object.fromEntries(
    volumeLimitNames.map((name) => [
      name,
      { limit: limits[name], in_use: used[name], reserved: 0 },
    ]),
  ) as Readonly<Record<keyof VolumeLimits, object>>;
}
