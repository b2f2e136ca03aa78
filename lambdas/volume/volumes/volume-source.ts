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

export interface Sources {
  readonly snapshot_id?: string | null | undefined;
  readonly source_volid?: string | null | undefined;
  readonly imageRef?: string | null | undefined;
}

/** What a volume is asked to be made of. (Query, GetItem) */
export async function sourceOf(
  records: Records,
  reach: ProjectScope,
  { snapshot_id, source_volid, imageRef }: Sources,
  now: Instant,
): Promise<VolumeSource> {
  if (snapshot_id != null)
    return { kind: "snapshot", ...(await getSnapshot(records, reach, snapshot_id, now)) };
  if (source_volid != null)
    return { kind: "volume", volume: await getVolume(records, reach, source_volid, now) };
  if (imageRef == null) return { kind: "blank" };
  return { kind: "image", image: await imageCalled(records, reach.project, imageRef) };
}

/** By its id, the end of an address, or its name (cinder/api/v3/volumes.py:197). (Query) */
async function imageCalled(records: Records, project: string, asked: string): Promise<Image> {
  const id = asked.split("/").at(-1)?.toLowerCase();
  const all = (await imagesIn(records).all()).filter((image) => isVisibleTo(image, project));
  const named = all.filter(({ name }) => name === asked);
  const found = all.find((image) => image.id === id) ?? named[0];
  if (!found) throw badRequest("Invalid image identifier or unable to access requested image.");
  if (found.id !== id && named.length > 1)
    throw conflict(`Multiple matches found for '${asked}', use an ID to be more specific.`);
  return found;
}
