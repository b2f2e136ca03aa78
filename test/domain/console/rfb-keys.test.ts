import { describe, expect, test } from "vitest";
import { receiveRfb } from "../../../lambdas/console/model/rfb-connection.ts";
import { concatBytes, rfbMessages, runningConnection } from "../../support/rfb-viewer.ts";

const keysym = { control: 0xffe3, alt: 0xffe9, shift: 0xffe1, delete: 0xffff } as const;

describe("keys", () => {
  const typed = (...symbols: readonly number[]) =>
    receiveRfb(
      runningConnection(),
      concatBytes(
        ...symbols.flatMap((key) => [rfbMessages.key(key, true), rfbMessages.key(key, false)]),
      ),
      "",
    ).keys;
  const held = (keys: readonly number[], ...symbols: readonly number[]) =>
    receiveRfb(
      runningConnection(),
      concatBytes(...[...keys, ...symbols].map((key) => rfbMessages.key(key, true))),
      "",
    );

  test("that print are typed as sent, because the viewer applies Shift", () => {
    const printable = Array.from({ length: 95 }, (_, i) => 0x20 + i);
    expect(typed(...printable)).toBe(String.fromCharCode(...printable));
    expect(held([keysym.shift], 0x41, 0x21).keys).toBe("A!");
  });

  test("of the keypad are typed too", () => {
    const pad = [...Array.from({ length: 16 }, (_, i) => 0xffaa + i), 0xffbd];
    expect(typed(...pad)).toBe("*+,-./0123456789=");
    expect(typed(0xff8d, 0xff0d, 0xff08)).toBe("\r\r\b");
  });

  test("with Ctrl are control characters, in either case, and with AltGr the printed ones", () => {
    expect(held([keysym.control], 0x63, 0x43).keys).toBe("\x03\x03");
    expect(held([0xffe4], 0x31).keys).toBe("");
    for (const gr of [[0xffea], [0xfe03], [keysym.control, 0xffea]])
      expect(held(gr, 0x40, 0x7c, 0x7b).keys).toBe("@|{");
  });

  test("without meaning do nothing", () => {
    expect(typed(0xff1b, 0xff51, 0xff52, 0xffbe, 0xff63, 0xe9, 0x1000394, 0xffffffff, 0)).toBe("");
  });

  test("Ctrl, Alt and Delete together reset the server", () => {
    expect(held([keysym.control, keysym.alt], keysym.delete).power).toBe("reboot");
    expect(held([keysym.control, keysym.alt], 0xff9f).power).toBe("reboot");
    expect(held([keysym.control], keysym.delete).power).toBeNull();
    expect(held([], keysym.delete).power).toBeNull();
    const { rfb } = held([keysym.control, keysym.alt]);
    const released = concatBytes(
      rfbMessages.key(keysym.alt, false),
      rfbMessages.key(keysym.delete, true),
    );
    expect(receiveRfb(rfb, released, "").power).toBeNull();
  });
});
