import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { glyphRow } from "../../../lambdas/console/model/font.ts";
import { toBitmap, wholeScreen } from "../../../lambdas/console/model/pixels.ts";
import {
  blankScreen,
  cursorOf,
  screenToText,
  writeText,
} from "../../../lambdas/console/model/screen.ts";

const screenWith = (text: string) => writeText(blankScreen, text);

describe("a text screen", () => {
  test("wraps a line at its 81st character, not before", () => {
    const full = screenWith("a".repeat(80));
    expect([full.x, full.y, full.lines[1]]).toEqual([80, 0, ""]);
    expect(cursorOf(full)).toEqual({ x: 79, y: 0 });
    const over = writeText(full, "b");
    expect([over.x, over.y, over.lines[1]]).toEqual([1, 1, "b"]);
  });

  test("scrolls when it is full, and drops the first row", () => {
    const screen = screenWith(Array.from({ length: 30 }, (_, i) => `line ${i}`).join("\n"));
    expect(screen.lines).toHaveLength(24);
    expect([screen.lines[0], screen.lines[23], screen.y]).toEqual(["line 6", "line 29", 23]);
  });

  test("handles return, backspace and clear, and shows ? for a character without glyph", () => {
    expect(screenWith("abc\rX").lines[0]).toBe("Xbc");
    expect(screenWith("abc\b \b").lines[0]).toBe("ab");
    expect(screenWith("abc\n\fd").lines.slice(0, 2)).toEqual(["d", ""]);
    expect(screenToText(screenWith("é\t\x1b[1m😀"))).toBe("???[1m?\n");
  });

  test("erases wrapped input to the last character", () => {
    for (const length of [79, 80, 81, 160, 161, 200]) {
      const before = screenWith("$ ");
      const typed = writeText(before, "x".repeat(length));
      expect(writeText(typed, "\b \b".repeat(length))).toEqual(before);
    }
  });

  test("property: equals a naive terminal of 80 by 24 cells", () => {
    const chars = fc.constantFrom("a", "Z", " ", "~", "\n", "\r", "\b", "\b \b", "\f", "é");
    const lines = fc.string({ minLength: 1, maxLength: 90, unit: "grapheme-ascii" });
    const texts = fc.array(fc.oneof({ weight: 4, arbitrary: lines }, chars), { maxLength: 60 });
    fc.assert(
      fc.property(texts, (parts) => {
        const one = parts.reduce(writeText, blankScreen);
        expect(writeText(blankScreen, parts.join(""))).toEqual(one);
        const naive = terminal(parts.join(""));
        expect(one.lines.map((line) => line.padEnd(80))).toEqual(naive.lines);
        expect([one.x, one.y]).toEqual([naive.x, naive.y]);
        for (const line of one.lines) expect(line).toBe(line.trimEnd());
      }),
    );
  });
});

function terminal(text: string) {
  const cells = Array.from({ length: 24 }, () => Array<string>(80).fill(" "));
  let [x, y] = [0, 0];
  const down = () => {
    [x, y] = [0, y + 1];
    if (y < 24) return;
    cells.shift();
    cells.push(Array<string>(80).fill(" "));
    y = 23;
  };
  for (const char of text) {
    if (char === "\n") down();
    else if (char === "\r") x = 0;
    else if (char === "\f") {
      for (const row of cells) row.fill(" ");
      [x, y] = [0, 0];
    } else if (char === "\b" && x === 0) [x, y] = y === 0 ? [0, 0] : [79, y - 1];
    else if (char === "\b") x--;
    else {
      if (x === 80) down();
      const row = cells[y];
      if (row) row[x] = /[ -~]/.test(char) ? char : "?";
      x++;
    }
  }
  return { lines: cells.map((row) => row.join("")), x, y };
}

describe("the font", () => {
  const shape = (char: string) =>
    Array.from({ length: 16 }, (_, row) =>
      glyphRow(char.charCodeAt(0), row).toString(2).padStart(8, "0").replaceAll("0", "."),
    );
  const printable = Array.from({ length: 94 }, (_, i) => String.fromCharCode(0x21 + i));

  test("has a distinct glyph for every printable character, and no others", () => {
    const shapes = printable.map((char) => shape(char).join("\n"));
    expect(new Set(shapes).size).toBe(94);
    for (const each of shapes) expect(each).toContain("1");
    for (const char of [" ", "\0", "\x7f", "é", "\uffff"])
      expect(shape(char).join("")).toBe(".".repeat(128));
  });

  test("leaves one row above and two below a glyph of 13", () => {
    for (const char of printable)
      for (const row of [0, 14, 15]) expect([char, shape(char)[row]]).toEqual([char, "........"]);
  });

  test("draws A and g as X11 does", () => {
    expect(shape("A").slice(3, 12)).toEqual([
      "...11...",
      "..1..1..",
      ".1....1.",
      ".1....1.",
      ".1....1.",
      ".111111.",
      ".1....1.",
      ".1....1.",
      ".1....1.",
    ]);
    expect(shape("g").slice(6, 14)).toEqual([
      "..111.1.",
      ".1...1..",
      ".1...1..",
      "..111...",
      ".1......",
      "..1111..",
      ".1....1.",
      "..1111..",
    ]);
  });

  test("draws the screen's bitmap, with the cursor's cell inverted", () => {
    const bits = toBitmap(screenWith("A"), wholeScreen);
    expect(bits).toHaveLength(80 * 24 * 16);
    for (let row = 0; row < 16; row++) {
      expect(bits[row * 80]).toBe(glyphRow("A".charCodeAt(0), row));
      expect(bits[row * 80 + 1]).toBe(0xff);
      expect(bits[row * 80 + 2]).toBe(0);
    }
  });
});
