import { badRequest, Fault, notFound } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Records } from "../../ports/records.ts";
import { beginAttach, releaseAttachments } from "../../volume/model/attachment.ts";
import type { Volume } from "../../volume/model/volume.ts";
import { changeVolume } from "../../volume/repositories/volumes.ts";
import type { AttachedVolume } from "../model/attached-volume.ts";
import type { Server } from "../model/server.ts";

interface VolumeReservation {
  readonly server: Pick<Server, "id" | "host">;
  readonly attached: Pick<AttachedVolume, "attachment">;
  readonly device: string;
  readonly requestId: string;
  readonly now: Instant;
  /** Without it the volume stays reserved. */
  readonly due?: Instant;
}

/**
 * Only one concurrent reservation succeeds.
 * @calls GetItem, PutItem
 */
export async function reserveVolume(
  records: Records,
  volume: Volume,
  { server, attached, device, requestId, now, due }: VolumeReservation,
): Promise<Volume> {
  const attachment = {
    id: attached.attachment,
    status: "reserved",
    server: server.id,
    host: server.host,
    device,
    mode: "rw",
    connector: { host: server.host },
    attached: null,
  } as const;
  return asCinderException(
    requestId,
    changeVolume(records, volume, now, (was) => beginAttach(was, attachment, now, due)),
  );
}

/** @calls GetItem, PutItem */
export async function releaseVolume(
  records: Records,
  volume: Pick<Volume, "project_id" | "id">,
  attachment: string,
  now: Instant,
): Promise<void> {
  try {
    await changeVolume(records, volume, now, (was) =>
      releaseAttachments(was, ({ id }) => id === attachment, now),
    );
  } catch (cause) {
    if (!(cause instanceof Fault && cause.refusal.kind === "no-such")) throw cause;
  }
}

/** nova/volume/cinder.py, translate_volume_exception. */
export async function asCinderException<T>(requestId: string, pending: Promise<T>): Promise<T> {
  try {
    return await pending;
  } catch (cause) {
    if (!(cause instanceof Fault)) throw cause;
    const { refusal } = cause;
    if (refusal.kind === "malformed")
      throw badRequest(
        `Invalid input received: ${refusal.reason} (HTTP 400) (Request-ID: ${requestId})`,
      );
    if (refusal.kind === "no-such" && refusal.what === "volume")
      throw notFound("volume", refusal.id);
    throw cause;
  }
}
