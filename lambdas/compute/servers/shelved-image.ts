import { Fault } from "../../core/fault.ts";
import { type ImageCall, removeImage } from "../../image/repositories/image-access.ts";
import type { Records } from "../../ports/records.ts";

/**
 * The image that a server was put away as goes when it comes back or is deleted; one that somebody
 * keeps from that stays, and Nova says so in its log alone (nova/compute/api.py:2500).
 * (GetItem, PutItem, DeleteItem; nothing where there is none)
 */
export async function deleteShelvedImage(
  records: Records,
  image: string | null,
  call: ImageCall,
): Promise<void> {
  if (image === null) return;
  try {
    await removeImage(records, image, call);
  } catch (cause) {
    if (!(cause instanceof Fault) || !ignoredRefusals.includes(cause.refusal.kind)) throw cause;
  }
}

const ignoredRefusals: readonly string[] = ["no-such", "denied", "forbidden"];
