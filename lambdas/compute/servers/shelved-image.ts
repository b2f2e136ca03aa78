import { Fault } from "../../core/fault.ts";
import { type ImageCall, removeImage } from "../../image/repositories/image-access.ts";
import type { Records } from "../../ports/records.ts";

/**
 * Ignores refusals, as Nova does (nova/compute/api.py:2500).
 * @calls GetItem, PutItem, DeleteItem
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
