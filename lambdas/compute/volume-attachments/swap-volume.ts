import { randomUUID } from "node:crypto";
import { badRequest, isNotFound } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Backend } from "../../ports/backend.ts";
import type { Records } from "../../ports/records.ts";
import { saga } from "../../ports/saga.ts";
import { beginDetach } from "../../volume/model/attachment.ts";
import type { Volume } from "../../volume/model/volume.ts";
import { changeVolume, getVolume } from "../../volume/repositories/volumes.ts";
import { assertAttachable } from "../model/attached-volume.ts";
import type { ActionRecord } from "../model/instance-action.ts";
import type { Server } from "../model/server.ts";
import { getAttachedVolume } from "./attachment-view.ts";
import { releaseVolume, reserveVolume } from "./reserve-volume.ts";

interface VolumeSwap {
  readonly server: Server;
  /** Volume ids. */
  readonly from: string;
  readonly to: string;
  readonly record: ActionRecord;
}

const invalidSwap = (reason: string) => badRequest(`Invalid volume: ${reason}`);

/** Nova 26.2.2 lets administrators swap; later versions only Cinder (nova/compute/api.py:5360). */
export async function swapVolume(
  { records, serverVolumes }: Pick<Backend, "records" | "serverVolumes">,
  { server, from, to, record }: VolumeSwap,
): Promise<void> {
  const { now, by } = record;
  const scope = { project: server.project, allProjects: true };
  const old = await getVolume(records, scope, from, now);
  const next = await getNewVolume(getVolume(records, scope, to, now), to);
  assertAttachable(server, record);
  const attachments = old.ties.filter((entry) => entry.server === server.id);
  if (attachments.length === 0)
    throw invalidSwap("Old volume is attached to a different instance.");
  if (next.ties.some(({ status }) => status === "attached"))
    throw invalidSwap("New volume must be detached in order to swap.");
  if (next.size < old.size) throw invalidSwap("New volume must be the same size or larger.");
  if (old.ties.filter(({ mode }) => mode !== "ro").length > 1)
    throw badRequest(
      "Swapping multi-attach volumes with more than one read/write attachment is not supported.",
    );
  const attached = getAttachedVolume(server, from, now);
  await saga(async (step) => {
    await step(
      "detach the old volume",
      () => changeVolume(records, old, now, (was) => beginDetach(was, attached.attachment, now)),
      () => keepAttached(records, old, attached.attachment, now),
    );
    const attachment = randomUUID();
    await step(
      "reserve the new volume",
      () =>
        reserveVolume(records, next, {
          ...{ server, attached: { attachment }, device: attached.device },
          ...{ requestId: by.request, now },
        }),
      () => releaseVolume(records, next, attachment, now),
    );
    await step("swap the volumes", () =>
      serverVolumes.change(server.project, server.id, record, ({ volumes }) =>
        volumes.map((one) => (one.id === old.id ? { ...one, id: next.id, attachment } : one)),
      ),
    );
  });
}

async function keepAttached(
  records: Records,
  volume: Volume,
  attachment: string,
  now: Instant,
): Promise<void> {
  await changeVolume(records, volume, now, (was) =>
    was.status === "detaching" && was.ties.some(({ id }) => id === attachment)
      ? { ...was, status: "in-use", motion: null }
      : was,
  );
}

/** An unknown volume is 400, not 404. */
async function getNewVolume(pending: Promise<Volume>, id: string): Promise<Volume> {
  try {
    return await pending;
  } catch (cause) {
    if (isNotFound(cause, "volume")) throw badRequest(`Volume ${id} could not be found.`);
    throw cause;
  }
}
