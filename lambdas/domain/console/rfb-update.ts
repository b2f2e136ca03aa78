import { cell } from "./font.ts";
import {
  type Area,
  background,
  bitmap,
  foreground,
  isTrueColor,
  type PixelFormat,
  pixelOf,
  whole,
} from "./pixels.ts";
import { columns, cursorOf, rows, type Screen } from "./screen.ts";

/** zlib's stream of some bytes, flushed but not ended (Z_SYNC_FLUSH). */
export type Deflate = (bytes: Uint8Array<ArrayBuffer>) => Uint8Array;

export const encodings = { raw: 0, tight: 7 } as const;

/**
 * A FramebufferUpdate (RFC 6143 §7.6.1) that makes of what the viewer shows what it is to show: all of it
 * where what it shows is not known. null where that is the same.
 */
export function framebufferUpdate(
  before: Screen | null,
  after: Screen,
  format: PixelFormat,
  deflate: Deflate | null,
): Uint8Array | null {
  const areas = before ? changed(before, after) : [whole];
  if (areas.length === 0) return null;
  const rectangles = areas.flatMap((area) => [
    Uint8Array.of(
      ...[area.x * cell.width, area.y * cell.height].flatMap(u16),
      ...[area.width * cell.width, area.height * cell.height].flatMap(u16),
      ...u32(deflate ? encodings.tight : encodings.raw),
    ),
    ...(deflate ? tight(after, area, format, deflate) : [raw(after, area, format)]),
  ]);
  return joined([Uint8Array.of(0, 0, ...u16(areas.length)), ...rectangles]);
}

/** What differs: a part of a row for each row, and rows that follow each other joined. */
function changed(before: Screen, after: Screen): Area[] {
  const areas: Area[] = [];
  const cursors = [cursorOf(before), cursorOf(after)];
  const hasMoved = cursors[0]?.x !== cursors[1]?.x || cursors[0]?.y !== cursors[1]?.y;
  for (let y = 0; y < rows; y++) {
    const [from, to] = span(before.lines[y] ?? "", after.lines[y] ?? "");
    const moved = hasMoved ? cursors.filter((cursor) => cursor.y === y).map(({ x }) => x) : [];
    const start = Math.min(from, ...moved);
    const end = Math.max(to, ...moved.map((x) => x + 1));
    if (end <= start) continue;
    const last = areas.at(-1);
    if (!last || last.y + last.height !== y) {
      areas.push({ x: start, y, width: end - start, height: 1 });
      continue;
    }
    const x = Math.min(last.x, start);
    const right = Math.max(last.x + last.width, end);
    areas[areas.length - 1] = { x, y: last.y, width: right - x, height: last.height + 1 };
  }
  return areas;
}

/** The cells from the first that differs up to the last. */
function span(one: string, other: string): [from: number, to: number] {
  let from = columns;
  let to = 0;
  for (let x = 0; x < Math.max(one.length, other.length); x++)
    if ((one[x] ?? " ") !== (other[x] ?? " ")) {
      from = Math.min(from, x);
      to = x + 1;
    }
  return [from, to];
}

function raw(screen: Screen, area: Area, format: PixelFormat): Uint8Array {
  const bits = bitmap(screen, area);
  const [off, on] = [background, foreground].map((color) => pixelOf(format, color));
  const size = format.bits / 8;
  const pixels = new Uint8Array(bits.length * 8 * size);
  let out = 0;
  for (const byte of bits)
    for (let bit = 0x80; bit > 0; bit >>= 1, out += size)
      pixels.set((byte & bit ? on : off) ?? [], out);
  return pixels;
}

/**
 * Tight with a palette of two colors (rfbproto §7.7.6). Stream 0 is reset for every rectangle, so that
 * nothing of zlib's outlives it and a viewer's state is plain JSON. Fewer than 12 bytes would go without
 * zlib; a cell has 16.
 */
function tight(screen: Screen, area: Area, format: PixelFormat, deflate: Deflate): Uint8Array[] {
  const palette = [background, foreground].flatMap((color) =>
    isTrueColor(format) ? [...color] : pixelOf(format, color),
  );
  const packed = deflate(bitmap(screen, area));
  return [Uint8Array.of(0x41, 1, 1, ...palette, ...compact(packed.length)), packed];
}

/** A length in one to three bytes of seven bits. */
const compact = (length: number): number[] =>
  length < 0x80
    ? [length]
    : length < 0x4000
      ? [(length & 0x7f) | 0x80, length >> 7]
      : [(length & 0x7f) | 0x80, ((length >> 7) & 0x7f) | 0x80, length >> 14];

export const u16 = (value: number): number[] => [value >> 8, value & 0xff];

export const u32 = (value: number): number[] => [...u16(value >>> 16), ...u16(value & 0xffff)];

export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
