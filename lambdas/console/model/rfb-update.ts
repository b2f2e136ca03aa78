import { concatBytes, u16, u32 } from "./bytes.ts";
import { cell } from "./font.ts";
import {
  type Area,
  background,
  foreground,
  isTrueColor,
  type PixelFormat,
  toBitmap,
  toPixelBytes,
  wholeScreen,
} from "./pixels.ts";
import { type Screen, screenRows } from "./screen.ts";
import { diffScreens } from "./screen-diff.ts";

/** A zlib stream, flushed but not ended (Z_SYNC_FLUSH). */
export type Deflate = (bytes: Uint8Array<ArrayBuffer>) => Uint8Array;

export const encodings = { raw: 0, copyRect: 1, tight: 7 } as const;

export interface ViewerEncodings {
  readonly format: PixelFormat;
  /** null: no Tight. */
  readonly deflate: Deflate | null;
  readonly copyRect: boolean;
}

/** FramebufferUpdate (RFC 6143 §7.6.1) of the difference; the whole screen if `before` is null. null: none. */
export function framebufferUpdate(
  before: Screen | null,
  after: Screen,
  viewerEncodings: ViewerEncodings,
): Uint8Array | null {
  const { scroll, areas } = before
    ? diffScreens(before, after, viewerEncodings.copyRect)
    : { scroll: 0, areas: [wholeScreen] };
  const rectangles = [
    ...(scroll > 0 ? [copyRectangle(scroll)] : []),
    ...areas.flatMap((area) => encodeArea(after, area, viewerEncodings)),
  ];
  const count = areas.length + (scroll > 0 ? 1 : 0);
  return count > 0 ? concatBytes([Uint8Array.of(0, 0, ...u16(count)), ...rectangles]) : null;
}

/** Scrolls up by rows (RFC 6143 §7.7.2). */
const copyRectangle = (scroll: number): Uint8Array =>
  Uint8Array.of(
    ...rectangleHeader({ ...wholeScreen, height: screenRows - scroll }, encodings.copyRect),
    ...[0, scroll * cell.height].flatMap(u16),
  );

const encodeArea = (
  screen: Screen,
  area: Area,
  { format, deflate }: ViewerEncodings,
): Uint8Array[] => [
  Uint8Array.from(rectangleHeader(area, deflate ? encodings.tight : encodings.raw)),
  ...(deflate ? encodeTight(screen, area, format, deflate) : [encodeRaw(screen, area, format)]),
];

const rectangleHeader = ({ x, y, width, height }: Area, encoding: number): number[] => [
  ...[x * cell.width, y * cell.height, width * cell.width, height * cell.height].flatMap(u16),
  ...u32(encoding),
];

function encodeRaw(screen: Screen, area: Area, format: PixelFormat): Uint8Array {
  const [off = [], on = []] = [background, foreground].map((color) => toPixelBytes(format, color));
  const bitMasks = [0x80, 0x40, 0x20, 0x10, 8, 4, 2, 1];
  const runOf = (byte: number) =>
    Uint8Array.from(bitMasks.flatMap((bit) => (byte & bit ? on : off)));
  const runs = new Map<number, Uint8Array>();
  const bits = toBitmap(screen, area);
  const pixels = new Uint8Array(bits.length * format.bits);
  bits.forEach((byte, i) => {
    const run = runs.get(byte) ?? runOf(byte);
    runs.set(byte, run);
    pixels.set(run, i * format.bits);
  });
  return pixels;
}

/**
 * Tight, two-color palette (rfbproto §7.7.6). Resets stream 0 per rectangle, so that no zlib state is
 * stored. Below 12 bytes Tight omits zlib; a cell has 16.
 */
function encodeTight(
  screen: Screen,
  area: Area,
  format: PixelFormat,
  deflate: Deflate,
): Uint8Array[] {
  const palette = [background, foreground].flatMap((color) =>
    isTrueColor(format) ? [...color] : toPixelBytes(format, color),
  );
  const compressed = deflate(toBitmap(screen, area));
  return [
    Uint8Array.of(0x41, 1, 1, ...palette, ...encodeTightLength(compressed.length)),
    compressed,
  ];
}

/** One to three bytes of seven bits. */
const encodeTightLength = (length: number): number[] =>
  length < 0x80
    ? [length]
    : length < 0x4000
      ? [(length & 0x7f) | 0x80, length >> 7]
      : [(length & 0x7f) | 0x80, ((length >> 7) & 0x7f) | 0x80, length >> 14];
