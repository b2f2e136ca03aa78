import type { Instant } from "./instant.ts";

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export const isUuid = (text: string): boolean => uuidPattern.test(text);

/**
 * A version 7 UUID (RFC 9562 §5.7): the instant first, so that ids sort as they were made and the
 * table's own order is the API's. `random` is ten bytes.
 */
export function uuid7(now: Instant, random: Uint8Array): string {
  const hex = [...random].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const time = now.toString(16).padStart(12, "0");
  const variant = (((random[2] ?? 0) % 64) | 0x80).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(0, 3)}-${variant}${hex.slice(6, 8)}-${hex.slice(8)}`;
}
