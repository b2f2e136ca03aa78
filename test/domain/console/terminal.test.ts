import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { blankScreen, cursorOf, writeText } from "../../../lambdas/console/model/screen.ts";
import { parseTerminalKeys, terminalUpdate } from "../../../lambdas/console/model/terminal.ts";

const introducer = "\x1b\\[";

/** xterm's cursor after a character in the last column stays on that column. */
function xterm() {
  const cells = Array.from({ length: 24 }, () => Array<string>(80).fill("#"));
  let [x, y] = [0, 0];
  const sequence = new RegExp(`${introducer}([0-9;]*)([HJK])|([ -~])`, "gy");
  return {
    take(text: string) {
      sequence.lastIndex = 0;
      for (let at = 0; at < text.length; at = sequence.lastIndex) {
        const [, numbers = "", command, char] = sequence.exec(text) ?? [];
        if (char !== undefined) {
          const row = cells[y];
          if (row) row[x] = char;
          x = Math.min(x + 1, 79);
        } else if (command === "H") {
          const [row = 1, column = 1] = numbers.split(";").map(Number);
          [x, y] = [Math.min(column, 80) - 1, row - 1];
        } else if (command === "K" && numbers === "") cells[y]?.fill(" ", x);
        else if (command === "J" && numbers === "2") for (const row of cells) row.fill(" ");
        else throw new Error(`xterm does not know ${JSON.stringify(text.slice(at))}`);
      }
    },
    lines: () => cells.map((row) => row.join("").trimEnd()),
    cursor: () => ({ x, y }),
  };
}

describe("a serial console", () => {
  test("property: the terminal equals the screen, to the last column, after any updates", () => {
    const text = fc.oneof(
      fc.string({ maxLength: 170 }),
      fc.constantFrom("\n", "\r", "\b \b", "\f", "=".repeat(80)),
    );
    fc.assert(
      fc.property(fc.array(text, { maxLength: 12 }), (texts) => {
        const terminal = xterm();
        let screen = blankScreen;
        terminal.take(terminalUpdate(null, screen) ?? "");
        for (const each of texts) {
          const before = screen;
          screen = writeText(screen, each);
          terminal.take(terminalUpdate(before, screen) ?? "");
          expect(terminal.lines()).toEqual(screen.lines);
          expect(terminal.cursor()).toEqual(cursorOf(screen));
        }
      }),
    );
  });

  test("sends nothing without changes, and one row for one key", () => {
    const screen = writeText(blankScreen, "web login: ");
    expect(terminalUpdate(screen, writeText(blankScreen, "web login: "))).toBeNull();
    expect(terminalUpdate(screen, writeText(screen, "d"))).toBe(
      "\x1b[1;1H\x1b[Kweb login: d\x1b[1;13H",
    );
  });

  test("types printing keys, Enter, Backspace and Ctrl-C, and no arrow or paste sequences", () => {
    for (const [sent, keys] of [
      ["root\r", "root\r"],
      ["one\ntwo\r\n", "one\rtwo\r"],
      ["x\x7f\b\x03", "x\b\b\x03"],
      ["\x1b[A\x1b[1;5C\x1bOP\x1b[15~\x1b", ""],
      ["\x1b[200~pasted\x1b[201~", "pasted"],
    ])
      expect(parseTerminalKeys(sent ?? "")).toBe(keys);
  });
});
