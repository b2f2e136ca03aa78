import { notFound } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { ProjectScope } from "../../core/project-scope.ts";
import type { Records } from "../../ports/records.ts";
import { statesAt } from "../model/scheduled-change.ts";
import type { AttachmentOfVolume } from "../model/volume.ts";
import { volumesIn } from "./volumes.ts";

/** @calls Query */
export async function allAttachments(
  records: Records,
  scope: ProjectScope,
  now: Instant,
): Promise<AttachmentOfVolume[]> {
  const volumes = statesAt(await volumesIn(records).all(scope), now);
  return volumes.flatMap((volume) => volume.ties.map((attachment) => ({ volume, attachment })));
}

/** Throws `no-such` (cinder/exception.py:343). @calls Query */
export async function getAttachment(
  records: Records,
  scope: ProjectScope,
  id: string,
  now: Instant,
): Promise<AttachmentOfVolume> {
  const all = await allAttachments(records, scope, now);
  const found = all.find(({ attachment }) => attachment.id === id);
  if (!found)
    throw notFound(
      "volume-part",
      `Volume attachment could not be found with filter: attachment_id = ${id}.`,
    );
  return found;
}
