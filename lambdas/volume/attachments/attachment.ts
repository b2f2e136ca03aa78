import { notFound } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { ProjectScope } from "../../core/project-scope.ts";
import { orNull, toIsoMicros } from "../../core/times.ts";
import type { Records } from "../../ports/records.ts";
import type { Entry } from "../list-engine.ts";
import { statesAt } from "../model/scheduled-change.ts";
import type { Attachment, Volume } from "../model/volume.ts";
import { volumesIn } from "../repositories/volumes.ts";
import { connectionTo } from "../volumes/attachment-actions.ts";

export interface Tied {
  readonly volume: Volume;
  readonly tie: Attachment;
}

/** (Query) */
export async function allTies(
  records: Records,
  reach: ProjectScope,
  now: Instant,
): Promise<Tied[]> {
  const volumes = statesAt(await volumesIn(records).all(reach), now);
  return volumes.flatMap((volume) => volume.ties.map((tie) => ({ volume, tie })));
}

/** (Query) */
export async function tieWith(
  records: Records,
  reach: ProjectScope,
  id: string,
  now: Instant,
): Promise<Tied> {
  const found = (await allTies(records, reach, now)).find(({ tie }) => tie.id === id);
  // cinder/exception.py:343
  if (!found)
    throw notFound(
      "volume-part",
      `Volume attachment could not be found with filter: attachment_id = ${id}.`,
    );
  return found;
}

/** cinder/api/v3/views/attachments.py. */
export const attachmentBriefly = ({ volume, tie }: Tied) => ({
  id: tie.id,
  status: tie.status,
  instance: tie.server,
  volume_id: volume.id,
});

export const attachmentInFull = (tied: Tied) => ({
  ...attachmentBriefly(tied),
  attached_at: orNull(toIsoMicros)(tied.tie.attached) ?? "",
  detached_at: "",
  attach_mode: tied.tie.mode,
  connection_info: tied.tie.connector ? connectionInfo(tied) : {},
});

const connectionInfo = ({ volume, tie }: Tied) => {
  const { driver_volume_type, data } = connectionTo(volume);
  return { ...data, driver_volume_type, attachment_id: tie.id };
};

export const attachmentEntry = (tied: Tied, shown: unknown): Entry => ({
  facts: {
    id: tied.tie.id,
    volume_id: tied.volume.id,
    status: tied.tie.status,
    attach_status: tied.tie.status,
    instance_id: tied.tie.server,
    created_at: orNull(toIsoMicros)(tied.tie.attached),
    project_id: tied.volume.project_id,
  },
  shown,
});

export const attachmentList = {
  of: "attachments",
  at: "attachments",
  thing: "volume-part",
  filters: ["volume_id", "status", "instance_id", "attach_status"],
} as const;
