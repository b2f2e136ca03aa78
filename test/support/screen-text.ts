import { cell, glyphRow } from "../../lambdas/console/model/font.ts";
import { screenColumns, screenRows } from "../../lambdas/console/model/screen.ts";

const glyphRows = (char: number): string =>
  Array.from({ length: cell.height }, (_, row) => glyphRow(char, row)).join();

const charactersByRows = new Map(
  Array.from({ length: 0x7f - 0x20 }, (_, i) => [
    glyphRows(0x20 + i),
    String.fromCharCode(0x20 + i),
  ]),
);

type IsLit = (x: number, y: number) => boolean;

/**
 * A line per row, right-trimmed; "\u2588" is the cursor on an empty cell, "\ufffd" an unknown cell.
 */
export const linesFromPixels = (isLit: IsLit): string[] =>
  Array.from({ length: screenRows }, (_, y) => lineFromPixels(isLit, y));

export const lineFromPixels = (isLit: IsLit, y: number): string =>
  Array.from({ length: screenColumns }, (_, x) => characterAt(isLit, x, y))
    .join("")
    .trimEnd();

function characterAt(isLit: IsLit, x: number, y: number): string {
  const seen = Array.from({ length: cell.height }, (_, row) => {
    let bits = 0;
    for (let i = 0; i < cell.width; i++)
      if (isLit(x * cell.width + i, y * cell.height + row)) bits |= 0x80 >> i;
    return bits;
  });
  const inverted = charactersByRows.get(seen.map((bits) => bits ^ 0xff).join());
  return charactersByRows.get(seen.join()) ?? (inverted === " " ? "\u2588" : inverted) ?? "\ufffd";
}
