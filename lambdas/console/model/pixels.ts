import { cell, glyphRow } from "./font.ts";
import { cursorOf, type Screen, screenColumns, screenRows } from "./screen.ts";

export const screenWidthPx = screenColumns * cell.width;
export const screenHeightPx = screenRows * cell.height;

/** In cells. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const wholeScreen: Area = { x: 0, y: 0, width: screenColumns, height: screenRows };

const spaceCode = " ".charCodeAt(0);

/** One bit per pixel, one byte per row of a cell, from the top left; the cursor's cell is inverted. */
export function toBitmap(screen: Screen, area: Area): Uint8Array<ArrayBuffer> {
  const bits = new Uint8Array(area.width * area.height * cell.height);
  const cursor = cursorOf(screen);
  let offset = 0;
  for (let y = area.y; y < area.y + area.height; y++) {
    const line = screen.lines[y] ?? "";
    for (let row = 0; row < cell.height; row++)
      for (let x = area.x; x < area.x + area.width; x++) {
        const char = x < line.length ? line.charCodeAt(x) : spaceCode;
        const glyph = glyphRow(char, row);
        bits[offset++] = x === cursor.x && y === cursor.y ? glyph ^ 0xff : glyph;
      }
  }
  return bits;
}

/** RFC 6143 §7.4. */
export interface PixelFormat {
  readonly bits: 8 | 16 | 32;
  readonly depth: number;
  readonly bigEndian: boolean;
  readonly max: Color;
  readonly shift: Color;
}

/** Red, green and blue. */
export type Color = readonly [number, number, number];

export const foreground: Color = [208, 208, 208];
export const background: Color = [0, 0, 0];

export const defaultPixelFormat: PixelFormat = {
  bits: 32,
  depth: 24,
  bigEndian: false,
  max: [255, 255, 255],
  shift: [16, 8, 0],
};

export function toPixelBytes({ bits, bigEndian, max, shift }: PixelFormat, color: Color): number[] {
  const value = color.reduce(
    (sum, part, i) => sum + Math.round((part * (max[i] ?? 0)) / 255) * 2 ** (shift[i] ?? 0),
    0,
  );
  const bytes = Array.from({ length: bits / 8 }, (_, i) => Math.floor(value / 256 ** i) % 256);
  return bigEndian ? bytes.reverse() : bytes;
}

/** Tight encodes these as three bytes, in any byte order (rfbproto §7.7.6, TPIXEL). */
export const isTrueColor = ({ bits, depth, max }: PixelFormat): boolean =>
  bits === 32 && depth === 24 && max.every((most) => most === 255);
