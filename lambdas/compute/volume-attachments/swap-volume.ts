import { randomUUID } from "node:crypto";
import { isNoSuch, malformed } from "../../core/fault.ts";
import type { Backend } from "../../ports/backend.ts";
import { detaching } from "../../volume/model/attachment.ts";
import type { Volume } from "../../volume/model/volume.ts";
import { changeVolume, volumeWith } from "../../volume/repositories/volumes.ts";
import { refuseTying } from "../model/attached-volume.ts";
import type { Noting } from "../model/instance-action.ts";
import type { Server } from "../model/server.ts";
import { attachedWith } from "./attachment-view.ts";
import { letGo, taken } from "./reserve-volume.ts";

interface Swap {
  readonly server: Server;
  /** The ids of both. */
  readonly from: string;
  readonly to: string;
  readonly noting: Noting;
}

const invalid = (reason: string) => malformed(`Invalid volume: ${reason}`);

/**
 * Puts one volume in the place of another, as Nova 26.2.2 does for administrators: today's does it for
 * Cinder alone, as it migrates one (nova/compute/api.py:5360).
 */
export async function swapVolume(
  { records, serverVolumes }: Pick<Backend, "records" | "serverVolumes">,
  { server, from, to, noting }: Swap,
): Promise<void> {
  const { now, by } = noting;
  const sight = { project: server.project, everywhere: true };
  const old = await volumeWith(records, sight, from, now);
  const next = await newVolume(volumeWith(records, sight, to, now), to);
  refuseTying(server, noting);
  const held = old.ties.filter((tie) => tie.server === server.id);
  if (held.length === 0) throw invalid("Old volume is attached to a different instance.");
  if (next.ties.some(({ status }) => status === "attached"))
    throw invalid("New volume must be detached in order to swap.");
  if (next.size < old.size) throw invalid("New volume must be the same size or larger.");
  if (old.ties.filter(({ mode }) => mode !== "ro").length > 1)
    throw malformed(
      "Swapping multi-attach volumes with more than one read/write attachment is not supported.",
    );
  const attached = attachedWith(server, from, now);
  await changeVolume(records, old, now, (was) => detaching(was, attached.attachment, now));
  const attachment = randomUUID();
  let isTaken = false;
  try {
    await taken(records, next, {
      ...{ server, attached: { attachment }, device: attached.device },
      ...{ requestId: by.request, now },
    });
    isTaken = true;
    await serverVolumes.change(server.project, server.id, noting, ({ volumes }) =>
      volumes.map((one) => (one.id === old.id ? { ...one, id: next.id, attachment } : one)),
    );
  } catch (cause) {
    if (isTaken) await letGo(records, next, attachment, now);
    // the old one stays where it was
    await changeVolume(records, old, now, (was) => ({ ...was, status: "in-use", motion: null }));
    throw cause;
  }
}

/** What is named in a body and is not there is a bad request. */
async function newVolume(asked: Promise<Volume>, id: string): Promise<Volume> {
  try {
    return await asked;
  } catch (cause) {
    if (isNoSuch(cause, "volume")) throw malformed(`Volume ${id} could not be found.`);
    throw cause;
  }
}
