import { badRequest, conflict } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { ProjectScope } from "../../core/project-scope.ts";
import type { Image } from "../../image/model/image.ts";
import { isVisibleTo } from "../../image/model/visibility.ts";
import { imagesIn } from "../../image/repositories/images.ts";
import type { Records } from "../../ports/records.ts";
import { getSnapshot } from "../repositories/snapshots.ts";
import type { VolumeSource } from "../repositories/volume-creation.ts";
import { getVolume } from "../repositories/volumes.ts";

export interface SourceReferences {
  readonly snapshot_id?: string | null | undefined;
  readonly source_volid?: string | null | undefined;
  readonly imageRef?: string | null | undefined;
}

/** Throws `no-such`, `malformed` or `conflict`. @calls Query, GetItem */
export async function getVolumeSource(
  records: Records,
  scope: ProjectScope,
  { snapshot_id, source_volid, imageRef }: SourceReferences,
  now: Instant,
): Promise<VolumeSource> {
  if (snapshot_id != null)
    return { kind: "snapshot", ...(await getSnapshot(records, scope, snapshot_id, now)) };
  if (source_volid != null)
    return { kind: "volume", volume: await getVolume(records, scope, source_volid, now) };
  if (imageRef == null) return { kind: "blank" };
  return { kind: "image", image: await getSourceImage(records, scope.project, imageRef) };
}

/** Accepts an id, a URL ending in it, or a name (cinder/api/v3/volumes.py:197). @calls Query */
async function getSourceImage(records: Records, project: string, imageRef: string): Promise<Image> {
  const id = imageRef.split("/").at(-1)?.toLowerCase();
  const all = (await imagesIn(records).all()).filter((image) => isVisibleTo(image, project));
  const sameName = all.filter(({ name }) => name === imageRef);
  const found = all.find((image) => image.id === id) ?? sameName[0];
  if (!found) throw badRequest("Invalid image identifier or unable to access requested image.");
  if (found.id !== id && sameName.length > 1)
    throw conflict(`Multiple matches found for '${imageRef}', use an ID to be more specific.`);
  return found;
}
