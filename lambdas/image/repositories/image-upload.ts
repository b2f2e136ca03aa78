import { badRequest, conflict } from "../../core/fault.ts";
import type { Records } from "../../ports/records.ts";
import type { Image, ImageStatus } from "../model/image.ts";
import { changeImage, type ImageCall } from "./image-access.ts";
import { imageData, maxStoredBytes } from "./images.ts";

export interface UploadedBytes {
  readonly size: number;
  /** Hex digests. */
  readonly md5: string;
  readonly sha512: string;
  readonly base64: () => string;
}

/** Throws `malformed` (glance/domain/__init__.py:162). */
export function assertFormats({ diskFormat, containerFormat }: Image): void {
  const missing = [
    ...(diskFormat ? [] : ["disk_format"]),
    ...(containerFormat ? [] : ["container_format"]),
  ];
  if (missing.length === 0) return;
  throw badRequest(
    `${missing.length > 1 ? "Properties" : "Property"} ${missing.join(", ")} must be set prior to saving data.`,
  );
}

/** Throws `conflict` (glance/common/exception.py InvalidImageStatusTransition). */
export function assertImageStatus(status: ImageStatus, allowed: ImageStatus, to: string): void {
  if (status === allowed) return;
  throw conflict(`Image status transition from ${status} to ${to} is not allowed`);
}

/**
 * The status `during` refuses a concurrent upload. Stores the digests, and the bytes up to
 * `maxStoredBytes`. Throws `no-such`, `denied`, `conflict`, `malformed`. @calls GetItem, PutItem
 */
export async function storeImageData(
  records: Records,
  id: string,
  call: ImageCall,
  bytes: UploadedBytes,
  { during, after }: { readonly during: ImageStatus; readonly after: ImageStatus },
): Promise<void> {
  const started = await changeImage(records, id, call, (image) => {
    assertImageStatus(image.status, "queued", during);
    if (after === "active") assertFormats(image);
    const { upload: _, ...plain } = image;
    return { ...plain, status: during };
  });
  try {
    if (bytes.size > 0 && bytes.size <= maxStoredBytes)
      await records.put(imageData, started.id, { bytes: bytes.base64() });
  } catch (cause) {
    await changeImage(records, id, call, (image) => ({ ...image, status: "queued" }));
    throw cause;
  }
  await changeImage(records, id, call, (image) => ({
    ...image,
    status: after,
    size: bytes.size,
    checksum: bytes.md5,
    hash: bytes.sha512,
  }));
}
