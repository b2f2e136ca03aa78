import { conflict, malformed } from "../../core/fault.ts";
import type { Records } from "../../ports/records.ts";
import type { Image, ImageStatus } from "../model/image.ts";
import { type Asking, changeImage } from "./image-access.ts";
import { imageData, largestKept } from "./images.ts";

/** What is known of bytes once they have been seen. */
export interface Bytes {
  readonly size: number;
  /** Hex digests. */
  readonly md5: string;
  readonly sha512: string;
  readonly base64: () => string;
}

/** glance/domain/__init__.py:162: what has no formats cannot be saved. */
export function refuseFormless({ diskFormat, containerFormat }: Image): void {
  const missing = [
    ...(diskFormat ? [] : ["disk_format"]),
    ...(containerFormat ? [] : ["container_format"]),
  ];
  if (missing.length === 0) return;
  throw malformed(
    `${missing.length > 1 ? "Properties" : "Property"} ${missing.join(", ")} must be set prior to saving data.`,
  );
}

/** glance/common/exception.py InvalidImageStatusTransition. */
export function refuseStatus(status: ImageStatus, allowed: ImageStatus, to: string): void {
  if (status === allowed) return;
  throw conflict(`Image status transition from ${status} to ${to} is not allowed`);
}

/**
 * Takes the bytes of a queued image. It is in `via` meanwhile, so that of two uploads one is refused,
 * and `to` afterwards. Their sums are kept always, the bytes themselves where they are few.
 * (GetItem, PutItem)
 */
export async function takeBytes(
  records: Records,
  id: string,
  asking: Asking,
  bytes: Bytes,
  { via, to }: { readonly via: ImageStatus; readonly to: ImageStatus },
): Promise<void> {
  const begun = await changeImage(records, id, asking, (image) => {
    refuseStatus(image.status, "queued", via);
    if (to === "active") refuseFormless(image);
    const { upload: _, ...plain } = image;
    return { ...plain, status: via };
  });
  try {
    if (bytes.size > 0 && bytes.size <= largestKept)
      await records.put(imageData, begun.id, { bytes: bytes.base64() });
  } catch (cause) {
    await changeImage(records, id, asking, (image) => ({ ...image, status: "queued" }));
    throw cause;
  }
  await changeImage(records, id, asking, (image) => ({
    ...image,
    status: to,
    size: bytes.size,
    checksum: bytes.md5,
    hash: bytes.sha512,
  }));
}
