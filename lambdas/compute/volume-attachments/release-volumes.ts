import { isNotFound } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Records } from "../../ports/records.ts";
import { releaseAttachments } from "../../volume/model/attachment.ts";
import { delayMs, statesAt } from "../../volume/model/scheduled-change.ts";
import { changeVolume, volumesIn } from "../../volume/repositories/volumes.ts";
import type { Server } from "../model/server.ts";

/** Volumes are null if unknown. */
type DepartingServer = Pick<Server, "project" | "id"> & {
  readonly volumes: Server["volumes"] | null;
};

/**
 * Detaches the volumes that name the server and deletes those marked deleteOnTermination. A
 * requested detach has removed Nova's block device mapping, so that volume stays.
 * @calls GetItem, PutItem, Query
 */
export async function releaseVolumes(
  records: Records,
  { project, id, volumes }: DepartingServer,
  now: Instant,
): Promise<void> {
  const attached =
    volumes?.filter(({ until }) => until === undefined) ??
    (await findVolumesOf(records, project, id));
  await Promise.all(
    attached.map(async (one) => {
      const volume = { project_id: one.project ?? project, id: one.id };
      try {
        await changeVolume(records, volume, now, (was) => {
          const released = releaseAttachments(
            was,
            ({ id: attachment, server }) => server === id && attachment === one.attachment,
            now,
          );
          if (released === was) return was;
          // Cinder refuses to delete a volume with snapshots
          const isKept = released.ties.length > 0 || statesAt(released.snapshots, now).length > 0;
          if (!one.deleteOnTermination || isKept) return released;
          return {
            ...released,
            status: "deleting",
            motion: { due: now + delayMs, becoming: "gone" },
          };
        });
      } catch (cause) {
        if (!isNotFound(cause, "volume")) throw cause;
      }
    }),
  );
}

async function findVolumesOf(records: Records, project: string, server: string) {
  const all = await volumesIn(records).all({ project, allProjects: false });
  return all.flatMap(({ id, ties }) =>
    ties
      .filter((attachment) => attachment.server === server)
      .map((attachment) => ({
        ...{ id, project, attachment: attachment.id },
        deleteOnTermination: false,
      })),
  );
}
