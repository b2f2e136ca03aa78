import { joined, u16, u32 } from "./bytes.ts";
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
import { rows, type Screen } from "./screen.ts";
import { changes } from "./screen-diff.ts";

/** zlib's stream of some bytes, flushed but not ended (Z_SYNC_FLUSH). */
export type Deflate = (bytes: Uint8Array<ArrayBuffer>) => Uint8Array;

export const encodings = { raw: 0, copyRect: 1, tight: 7 } as const;

/** How a viewer takes its pictures. */
export interface Manner {
  readonly format: PixelFormat;
  /** null where it knows no Tight. */
  readonly deflate: Deflate | null;
  readonly copyRect: boolean;
}

/**
 * A FramebufferUpdate (RFC 6143 §7.6.1) that makes of what the viewer shows what it is to show: all of it
 * where what it shows is not known. null where that is the same.
 */
export function framebufferUpdate(
  before: Screen | null,
  after: Screen,
  manner: Manner,
): Uint8Array | null {
  const { scroll, areas } = before
    ? changes(before, after, manner.copyRect)
    : { scroll: 0, areas: [whole] };
  const rectangles = [
    ...(scroll > 0 ? [copy(scroll)] : []),
    ...areas.flatMap((area) => painted(after, area, manner)),
  ];
  const count = areas.length + (scroll > 0 ? 1 : 0);
  return count > 0 ? joined([Uint8Array.of(0, 0, ...u16(count)), ...rectangles]) : null;
}

/** All that is further down than so many rows goes up by them (RFC 6143 §7.7.2). */
const copy = (scroll: number): Uint8Array =>
  Uint8Array.of(
    ...heading({ ...whole, height: rows - scroll }, encodings.copyRect),
    ...[0, scroll * cell.height].flatMap(u16),
  );

const painted = (screen: Screen, area: Area, { format, deflate }: Manner): Uint8Array[] => [
  Uint8Array.from(heading(area, deflate ? encodings.tight : encodings.raw)),
  ...(deflate ? tight(screen, area, format, deflate) : [raw(screen, area, format)]),
];

const heading = ({ x, y, width, height }: Area, encoding: number): number[] => [
  ...[x * cell.width, y * cell.height, width * cell.width, height * cell.height].flatMap(u16),
  ...u32(encoding),
];

function raw(screen: Screen, area: Area, format: PixelFormat): Uint8Array {
  const [off = [], on = []] = [background, foreground].map((color) => pixelOf(format, color));
  const eight = [0x80, 0x40, 0x20, 0x10, 8, 4, 2, 1];
  const runOf = (byte: number) => Uint8Array.from(eight.flatMap((bit) => (byte & bit ? on : off)));
  const runs = new Map<number, Uint8Array>();
  const bits = bitmap(screen, area);
  const pixels = new Uint8Array(bits.length * format.bits);
  bits.forEach((byte, i) => {
    const run = runs.get(byte) ?? runOf(byte);
    runs.set(byte, run);
    pixels.set(run, i * format.bits);
  });
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
