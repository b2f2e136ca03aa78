import { cell, glyphRow } from "../../lambdas/console/model/font.ts";
import { columns, rows } from "../../lambdas/console/model/screen.ts";

const rowsOf = (char: number): string =>
  Array.from({ length: cell.height }, (_, row) => glyphRow(char, row)).join();

/** Every character by its pixels; a blank one is a space. */
const chars = new Map(
  Array.from({ length: 0x7f - 0x20 }, (_, i) => [rowsOf(0x20 + i), String.fromCharCode(0x20 + i)]),
);

/** Whether a pixel is bright. */
type Lit = (x: number, y: number) => boolean;

/**
 * What a picture of a console says, read off its pixels: a line for each row without the blanks at its end,
 * "\u2588" for the cursor where it covers nothing, and "\ufffd" for a cell that shows no character.
 */
export const textSeen = (isLit: Lit): string[] =>
  Array.from({ length: rows }, (_, y) => lineSeen(isLit, y));

/** One of its rows. */
export const lineSeen = (isLit: Lit, y: number): string =>
  Array.from({ length: columns }, (_, x) => charAt(isLit, x, y))
    .join("")
    .trimEnd();

function charAt(isLit: Lit, x: number, y: number): string {
  const seen = Array.from({ length: cell.height }, (_, row) => {
    let bits = 0;
    for (let i = 0; i < cell.width; i++)
      if (isLit(x * cell.width + i, y * cell.height + row)) bits |= 0x80 >> i;
    return bits;
  });
  const inverted = chars.get(seen.map((bits) => bits ^ 0xff).join());
  return chars.get(seen.join()) ?? (inverted === " " ? "\u2588" : inverted) ?? "\ufffd";
}
