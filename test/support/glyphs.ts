import { cell, glyphRow } from "../../lambdas/console/model/font.ts";
import { screenHeightPx, screenWidthPx } from "../../lambdas/console/model/pixels.ts";
import { screenColumns, screenRows } from "../../lambdas/console/model/screen.ts";

const charactersByGlyph = new Map(
  Array.from({ length: 0x7f - 0x20 }, (_, i) => i + 0x20).map((char) => [
    Array.from({ length: cell.height }, (_, row) => glyphRow(char, row)).join(),
    String.fromCharCode(char),
  ]),
);

/** `lit` is row by row. The cursor's cell is inverted; unknown cells are "�". */
export function textFromPixels(lit: string): string {
  if (lit.length !== screenWidthPx * screenHeightPx)
    throw new Error(`That is no screen: ${lit.length} pixels.`);
  const lines = Array.from({ length: screenRows }, (_, y) =>
    Array.from({ length: screenColumns }, (_, x) => {
      const picture = Array.from({ length: cell.height }, (_, row) => {
        const from = (y * cell.height + row) * screenWidthPx + x * cell.width;
        return Number.parseInt(lit.slice(from, from + cell.width), 2);
      });
      const inverted = picture.map((bits) => bits ^ 0xff);
      return (
        charactersByGlyph.get(picture.join()) ?? charactersByGlyph.get(inverted.join()) ?? "\ufffd"
      );
    })
      .join("")
      .trimEnd(),
  );
  return `${lines.join("\n").trimEnd()}\n`;
}
