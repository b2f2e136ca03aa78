import { createHash } from "node:crypto";
import { Fault } from "../../core/fault.ts";
import type { Bytes } from "../repositories/image-upload.ts";

interface Sending {
  readonly headers: Readonly<Record<string, string | undefined>>;
  bytes(): Uint8Array;
}

/** The bytes of an image, which come as nothing else (glance/api/v2/image_data.py upload). */
export function sentBytes({ headers, bytes }: Sending): Bytes {
  if (headers["content-type"]?.split(";")[0]?.trim() !== "application/octet-stream")
    throw new Fault({ kind: "unsupported-media" });
  const sent = bytes();
  const digest = (algorithm: string) => createHash(algorithm).update(sent).digest("hex");
  return {
    size: sent.length,
    md5: digest("md5"),
    sha512: digest("sha512"),
    base64: () => Buffer.from(sent).toString("base64"),
  };
}
