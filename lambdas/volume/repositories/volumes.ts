import { notFound } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { ProjectScope } from "../../core/project-scope.ts";
import { projectCollection } from "../../ports/project-collection.ts";
import type { Records } from "../../ports/records.ts";
import { stateAt, statesAt } from "../model/scheduled-change.ts";
import type { Volume } from "../model/volume.ts";

export const volumesCollection = "VOLUMES";

export const volumesIn = (records: Records) =>
  projectCollection<Volume>(records, volumesCollection);

/** Throws `no-such`. @calls GetItem */
export async function getVolume(
  records: Records,
  scope: ProjectScope,
  id: string,
  now: Instant,
): Promise<Volume> {
  const found = await volumesIn(records).findById(scope, id.toLowerCase());
  const volume = found && stateAt(found, now);
  if (!volume) throw notFound("volume", id);
  return volume;
}

/**
 * Applies `change` to the volume's current state; returns the result. Writes nothing where `change`
 * returns its argument.
 * @calls GetItem, PutItem
 */
export async function changeVolume(
  records: Records,
  volume: Pick<Volume, "project_id" | "id">,
  now: Instant,
  change: (was: Volume) => Volume,
): Promise<Volume> {
  const changed = await volumesIn(records).change(volume, (stored) => {
    const was = stateAt(stored, now);
    if (!was) throw notFound("volume", stored.id);
    const next = change(was);
    if (next === was) return stored;
    return { ...next, snapshots: statesAt(next.snapshots, now) };
  });
  if (!changed) throw notFound("volume", volume.id);
  return changed;
}
