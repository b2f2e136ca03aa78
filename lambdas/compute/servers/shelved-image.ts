import { Fault } from "../../core/fault.ts";
import type { Image } from "../../image/model/image.ts";
import { type ImageCall, removeImage } from "../../image/repositories/image-access.ts";
import type { Records } from "../../ports/records.ts";
import type { Server } from "../model/server.ts";

/**
 * Deletes the image if it is still the server's. Ignores refusals, as Nova does
 * (nova/compute/api.py:2500).
 * @calls GetItem, PutItem, DeleteItem
 */
export async function deleteShelvedImage(
  records: Records,
  { id, shelvedImage }: Pick<Server, "id" | "shelvedImage">,
  call: ImageCall,
): Promise<void> {
  if (shelvedImage === null) return;
  const isOfServer = ({ properties }: Image) => properties["instance_uuid"] === id;
  try {
    await removeImage(records, shelvedImage, call, isOfServer);
  } catch (cause) {
    if (!(cause instanceof Fault) || !ignoredRefusals.includes(cause.refusal.kind)) throw cause;
  }
}

const ignoredRefusals: readonly string[] = ["no-such", "denied", "forbidden"];
