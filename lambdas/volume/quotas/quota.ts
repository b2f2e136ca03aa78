import { Fault } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Records } from "../../ports/records.ts";
import { limited, limitsOf, usedBy, type VolumeLimits } from "../repositories/quotas.ts";
import { type Asking, isAdmin } from "../request.ts";

/** A project's own, or anybody's for an administrator (cinder/policies/quotas.py). */
export function refuseForeign(asking: Pick<Asking, "caller" | "project">, id: string): void {
  if (id !== asking.project && !isAdmin(asking))
    throw new Fault({ kind: "forbidden", rule: "volume_extension:quotas:show" });
}

/** What a project may have, and what of it it has. (GetItem, Query) */
export async function usageOf(records: Records, project: string, now: Instant) {
  const limits = await limitsOf(records, project);
  const used = await usedBy(records, project, now);
  return Object.fromEntries(
    limited.map((name) => [name, { limit: limits[name], in_use: used[name], reserved: 0 }]),
  ) as Readonly<Record<keyof VolumeLimits, object>>;
}
