import type { Image } from "../../image/model/image.ts";
import type { Records } from "../../ports/records.ts";
import { volumeImageMetadata } from "../../volume/repositories/volume-creation.ts";
import { changeVolume, volumesIn } from "../../volume/repositories/volumes.ts";
import type { Server } from "../model/server.ts";

/** null without a boot volume. */
export function bootVolumeOf({ volumes, project }: Server) {
  const root = volumes.find((one) => one.root);
  return root ? { id: root.id, project_id: root.project ?? project } : null;
}

export type BootVolume = NonNullable<ReturnType<typeof bootVolumeOf>>;

/**
 * null if unknown.
 * @calls GetItem
 */
export async function bootImageOf(
  records: Records,
  { id, project_id: project }: BootVolume,
): Promise<string | null> {
  const volume = await volumesIn(records).findById({ project, allProjects: false }, id);
  return volume?.image?.["image_id"] ?? null;
}

/**
 * cinder/api/contrib/volume_actions.py, os-reimage.
 * @calls GetItem, PutItem
 */
export const reimage = (records: Records, volume: BootVolume, image: Image, now: number) =>
  changeVolume(records, volume, now, (was) => ({ ...was, image: volumeImageMetadata(image) }));
