import { bytesIn, joined, u32 } from "./bytes.ts";
import { background, bitmap, foreground, height, whole, width } from "./pixels.ts";
import type { Deflate } from "./rfb-update.ts";
import type { Screen } from "./screen.ts";

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/**
 * The screen as a picture of two colors (PNG, W3C 2003, §11): the same bytes for the same screen.
 * `deflate` makes a whole stream of zlib's.
 */
export function png(screen: Screen, deflate: Deflate): Uint8Array {
  const row = width / 8;
  const bits = bitmap(screen, whole);
  // before each row stands that it is not filtered
  const rows = Array.from({ length: height }, (_, y) => [
    Uint8Array.of(0),
    bits.subarray(y * row, (y + 1) * row),
  ]);
  const header = Uint8Array.of(...u32(width), ...u32(height), 1, palette, 0, 0, 0);
  return joined([
    signature,
    chunk("IHDR", header),
    chunk("PLTE", Uint8Array.of(...background, ...foreground)),
    chunk("IDAT", deflate(joined(rows.flat()))),
    chunk("IEND", new Uint8Array()),
  ]);
}

/** The color type, of one bit a pixel. */
const palette = 3;

function chunk(type: string, data: Uint8Array): Uint8Array {
  const named = joined([bytesIn(type), data]);
  return joined([Uint8Array.from(u32(data.length)), named, Uint8Array.from(u32(crc(named)))]);
}

/** CRC-32, a bit at a time: a screen is of few bytes. */
function crc(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return ~sum;
}
