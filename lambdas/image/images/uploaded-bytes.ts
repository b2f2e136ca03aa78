import { createHash } from "node:crypto";
import { Fault } from "../../core/fault.ts";
import type { UploadedBytes } from "../repositories/image-upload.ts";

interface UploadCall {
  readonly headers: Readonly<Record<string, string | undefined>>;
  bytes(): Uint8Array;
}

/** Throws `unsupported-media` (glance/api/v2/image_data.py upload). */
export function readUploadedBytes({ headers, bytes }: UploadCall): UploadedBytes {
  if (headers["content-type"]?.split(";")[0]?.trim() !== "application/octet-stream")
    throw new Fault({ kind: "unsupported-media" });
  const content = bytes();
  const digest = (algorithm: string) => createHash(algorithm).update(content).digest("hex");
  return {
    size: content.length,
    md5: digest("md5"),
    sha512: digest("sha512"),
    base64: () => Buffer.from(content).toString("base64"),
  };
}
