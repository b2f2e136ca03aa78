import fc from "fast-check";
import { expect, test } from "vitest";
import { keystrokesBetween, keysyms, keysymsFor } from "../../infra/pages/keys.ts";
import { isWorthSending } from "../../infra/pages/rfb-messages.ts";

test("text is typed as keysyms: line ends become Enter, and control characters are dropped", () => {
  const { enter, tab, backspace } = keysyms;
  expect(keysymsFor("a\r\nB\n\tc\b\r\u0007")).toEqual([
    0x61,
    enter,
    0x42,
    enter,
    tab,
    0x63,
    backspace,
    enter,
  ]);
  expect(keysymsFor("é€😀")).toEqual([0xe9, 0x010020ac, 0x0101f600]);
});

const applyKeystrokes = (text: string, keys: string) =>
  [...keys].reduce((held, key) => (key === "\b" ? held.slice(0, -1) : held + key), text);

test("property: the keys between two texts turn the first into the second", () => {
  const ascii = fc.string({ unit: "binary-ascii" }).map((text) => text.replaceAll("\b", ""));
  fc.assert(
    fc.property(ascii, ascii, ascii, (same, one, other) => {
      const [before, then] = [same + one, same + other];
      expect(applyKeystrokes(before, keystrokesBetween(before, then))).toBe(then);
      expect(keystrokesBetween(before, then).length).toBeLessThanOrEqual(one.length + other.length);
    }),
  );
});

const keyMessage = (down: boolean, keysym: number) =>
  Uint8Array.of(4, Number(down), 0, 0, keysym >> 24, keysym >> 16, keysym >> 8, keysym);

test.each([
  ["a pointer that moves", Uint8Array.of(5, 0, 0, 1, 0, 1), false],
  ["a key that goes down", keyMessage(true, 0x61), true],
  ["a key that comes up", keyMessage(false, 0x61), false],
  ["Control that comes up", keyMessage(false, 0xffe3), true],
  ["AltGr that comes up", keyMessage(false, 0xfe03), true],
  ["a version", new TextEncoder().encode("RFB 003.008\n"), true],
  ["the choice of security", Uint8Array.of(1), true],
  ["a power button", Uint8Array.of(250, 0, 1, 2), true],
] as const)("of %s the server needs: %s", (_, bytes, isWorth) => {
  expect(isWorthSending(bytes)).toBe(isWorth);
});
