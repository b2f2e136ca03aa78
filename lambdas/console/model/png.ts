import { concatBytes, latin1ToBytes, u32 } from "./bytes.ts";
import {
  background,
  foreground,
  screenHeightPx,
  screenWidthPx,
  toBitmap,
  wholeScreen,
} from "./pixels.ts";
import type { Deflate } from "./rfb-update.ts";
import type { Screen } from "./screen.ts";

const pngSignature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** Deterministic, two colors (PNG, W3C 2003, §11). `deflate` must return a complete zlib stream. */
export function encodePng(screen: Screen, deflate: Deflate): Uint8Array {
  const rowBytes = screenWidthPx / 8;
  const bits = toBitmap(screen, wholeScreen);
  // each row starts with filter type 0
  const rows = Array.from({ length: screenHeightPx }, (_, y) => [
    Uint8Array.of(0),
    bits.subarray(y * rowBytes, (y + 1) * rowBytes),
  ]);
  const header = Uint8Array.of(
    ...u32(screenWidthPx),
    ...u32(screenHeightPx),
    1,
    paletteColorType,
    0,
    0,
    0,
  );
  return concatBytes([
    pngSignature,
    encodeChunk("IHDR", header),
    encodeChunk("PLTE", Uint8Array.of(...background, ...foreground)),
    encodeChunk("IDAT", deflate(concatBytes(rows.flat()))),
    encodeChunk("IEND", new Uint8Array()),
  ]);
}

const paletteColorType = 3;

function encodeChunk(type: string, data: Uint8Array): Uint8Array {
  const typeAndData = concatBytes([latin1ToBytes(type), data]);
  return concatBytes([
    Uint8Array.from(u32(data.length)),
    typeAndData,
    Uint8Array.from(u32(crc32(typeAndData))),
  ]);
}

/** CRC-32, bitwise: a screen has few bytes. */
function crc32(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return ~sum;
}
