import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { deflate } from "../../../lambdas/console/deflate.ts";
import {
  buildRfbUpdate,
  newRfbConnection,
  protocolVersionMessage,
  receiveRfb,
} from "../../../lambdas/console/model/rfb-connection.ts";
import type { RfbConnection } from "../../../lambdas/console/model/rfb-state.ts";
import { blankScreen } from "../../../lambdas/console/model/screen.ts";
import { Fault } from "../../../lambdas/core/fault.ts";
import {
  concatBytes,
  encoding,
  latin1Bytes,
  rfbMessages,
  runningConnection,
  throughJson,
} from "../../support/rfb-viewer.ts";

const latin1Text = (message: Uint8Array | undefined) =>
  Buffer.from(message ?? []).toString("latin1");

/** The largest frame that tempest reads (tempest/api/compute/servers/test_novnc.py). */
const longestFrame = 125;

describe("RFC 6143 §7.1: the handshake", () => {
  test("of 3.8 has security types, a result, and the screen's size, format and name", () => {
    expect(latin1Text(protocolVersionMessage)).toBe("RFB 003.008\n");
    const reply = receiveRfb(newRfbConnection, rfbMessages.version(), "web");
    expect(reply.replies).toEqual([Uint8Array.of(1, 1)]);
    const chosen = receiveRfb(reply.rfb, rfbMessages.security, "web");
    expect(chosen.replies).toEqual([Uint8Array.of(0, 0, 0, 0)]);
    const { rfb, replies } = receiveRfb(chosen.rfb, rfbMessages.init, "web");
    expect(rfb.phase).toBe("running");
    expect([...(replies[0] ?? [])]).toEqual([
      ...[2, 128, 1, 128],
      ...[32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 16, 8, 0, 0, 0, 0],
      ...[0, 0, 0, 3],
      ...latin1Bytes("web"),
    ]);
  });

  test("of 3.7 has no result, and of 3.3 no choice", () => {
    const seven = receiveRfb(
      newRfbConnection,
      concatBytes(rfbMessages.version("007"), rfbMessages.security),
      "web",
    );
    expect(seven.replies).toEqual([Uint8Array.of(1, 1)]);
    const three = receiveRfb(newRfbConnection, rfbMessages.version("003"), "web");
    expect([three.replies, three.rfb.phase]).toEqual([[Uint8Array.of(0, 0, 0, 1)], "init"]);
  });

  for (const [minor, as] of [
    ["000", 3],
    ["004", 3],
    ["005", 3],
    ["006", 3],
    ["009", 8],
    ["016", 8],
    ["889", 8],
  ] as const)
    test(`a viewer of 3.${minor} is taken for one of 3.${as}`, () => {
      expect(receiveRfb(newRfbConnection, rfbMessages.version(minor), "web").rfb.minor).toBe(as);
    });

  test("fails for another protocol and another security type", () => {
    for (const other of ["GET / HTTP/1.1", "RFB 004.001\n", "RFB 003.8\n\0\0", "\0".repeat(12)])
      expect(() => receiveRfb(newRfbConnection, latin1Bytes(other), "web")).toThrow(Fault);
    const { rfb } = receiveRfb(newRfbConnection, rfbMessages.version(), "web");
    for (const type of [0, 2, 16, 255])
      expect(() => receiveRfb(rfb, Uint8Array.of(type), "web")).toThrow(Fault);
  });

  test("property: each message fits tempest's frame, with as much of the name as fits", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 255 }), (name) => {
        const { replies } = receiveRfb(
          newRfbConnection,
          concatBytes(rfbMessages.version(), rfbMessages.security, rfbMessages.init),
          name,
        );
        expect(replies).toHaveLength(3);
        for (const reply of replies) expect(reply.length).toBeLessThanOrEqual(longestFrame);
        const init = Buffer.from(replies[2] ?? []);
        expect(init.readUInt32BE(20)).toBe(init.length - 24);
        const shown = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
          init.subarray(24),
        );
        const whole = Buffer.from(name).toString();
        expect(whole.startsWith(shown)).toBe(true);
        expect(shown === whole || init.length - 24 > 86).toBe(true);
      }),
    );
  });
});

/** Messages of a running viewer, valid and invalid. */
const u8 = fc.nat(255);
const bytesOfLength = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const validMessages = fc.oneof(
  fc.constantFrom(
    rfbMessages.update(true),
    rfbMessages.update(false),
    rfbMessages.pointer,
    rfbMessages.continuous(true),
    rfbMessages.continuous(false),
    rfbMessages.encodings(encoding.tight, encoding.copyRect, encoding.xvp, encoding.continuous),
    rfbMessages.encodings(),
    concatBytes(rfbMessages.cutText(5), latin1Bytes("paste")),
  ),
  fc
    .tuple(fc.oneof(fc.integer({ min: 0x20, max: 0x7e }), fc.nat(0xffffffff)), fc.boolean())
    .map(([symbol, down]) => rfbMessages.key(symbol, down)),
  u8.map((code) => rfbMessages.xvp(code)),
  bytesOfLength(16).map((format) =>
    concatBytes(Uint8Array.of(0, 0, 0, 0, 32, 24, 0, 1), format.slice(4)),
  ),
);
const invalidMessages = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc
    .tuple(fc.constantFrom(0, 2, 3, 4, 5, 6, 150, 250), bytesOfLength(19))
    .map(([kind, rest]) => concatBytes(Uint8Array.of(kind), rest)),
);

/** Receives the parts in order, with the state through JSON in between. */
function receiveParts(from: RfbConnection, parts: readonly Uint8Array[]) {
  let rfb = from;
  const [replies, keys, powers]: [Uint8Array[], string[], string[]] = [[], [], []];
  for (const part of parts) {
    const received = receiveRfb(throughJson(rfb), part, "web");
    rfb = received.rfb;
    replies.push(...received.replies);
    keys.push(received.keys);
    if (received.power) powers.push(received.power);
  }
  return { rfb, replies: replies.map(latin1Text), keys: keys.join(""), power: powers.at(-1) };
}

describe("a viewer's input", () => {
  test("property: has the same effect by single bytes, in parts and whole", () => {
    const hello = concatBytes(rfbMessages.version(), rfbMessages.security, rfbMessages.init);
    fc.assert(
      fc.property(fc.array(validMessages, { maxLength: 30 }), fc.nat(40), (messages, length) => {
        const bytes = concatBytes(hello, ...messages);
        const once = receiveParts(newRfbConnection, [bytes]);
        const pieces = Math.max(1, length);
        for (const size of [1, pieces]) {
          const parts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
            bytes.slice(i * size, (i + 1) * size),
          );
          expect(receiveParts(newRfbConnection, parts)).toEqual(once);
        }
      }),
    );
  });

  test("property: 10 000 random inputs end at worst in a clean refusal, with bounded state", () => {
    let refused = 0;
    const conversation = fc.array(
      fc.oneof({ weight: 3, arbitrary: validMessages }, invalidMessages),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(conversation, (messages) => {
        let rfb = runningConnection();
        try {
          for (const message of messages) {
            rfb = receiveRfb(throughJson(rfb), message, "web").rfb;
            rfb = buildRfbUpdate(rfb, blankScreen, { ...blankScreen, x: 1 }, deflate).rfb;
          }
        } catch (cause) {
          if (!(cause instanceof Fault)) throw cause;
          expect(cause.refusal.kind).toBe("malformed");
          refused++;
        }
        expect(JSON.stringify(rfb).length).toBeLessThan(8_192);
      }),
      { numRuns: 10_000 },
    );
    expect(refused).toBeGreaterThan(1_000);
    expect(refused).toBeLessThan(9_900);
  });

  test("is skipped for a clipboard of any length, and not stored", () => {
    for (const length of [1, 70_000, 0x7fffffff, 0x80000000, 0xfffffff0]) {
      const size = length > 0x7fffffff ? 2 ** 32 - length : length;
      const { rfb, keys } = receiveRfb(
        runningConnection(),
        concatBytes(rfbMessages.cutText(length), latin1Bytes("p")),
        "web",
      );
      expect([rfb.unwanted, rfb.unread, keys]).toEqual([size - 1, "", ""]);
    }
    const paste = "x".repeat(70_000);
    const typed = concatBytes(
      rfbMessages.cutText(70_000),
      latin1Bytes(paste),
      rfbMessages.key(0x61, true),
    );
    expect(receiveRfb(runningConnection(), typed, "web").keys).toBe("a");
  });

  test("is refused for too many encodings before they arrive", () => {
    expect(() => receiveRfb(runningConnection(), Uint8Array.of(2, 0, 1, 1), "web")).toThrow(Fault);
    const most = rfbMessages.encodings(...Array.from({ length: 256 }, (_, i) => i));
    expect(receiveRfb(runningConnection(), most, "web").rfb.tight).toBe(true);
    expect(receiveRfb(runningConnection(), most.slice(0, -1), "web").rfb.unread).toHaveLength(
      1_027,
    );
  });

  test("is refused for a color map or another pixel size", () => {
    for (const [bits, trueColor] of [
      [8, 0],
      [24, 1],
      [0, 1],
      [64, 1],
    ] as const) {
      const format = [bits, 8, 0, trueColor, 0, 7, 0, 7, 0, 3, 0, 3, 6, 0, 0, 0];
      expect(() =>
        receiveRfb(runningConnection(), Uint8Array.of(0, 0, 0, 0, ...format), "web"),
      ).toThrow(Fault);
    }
  });

  test("is confirmed once when it supports power buttons or continuous updates", () => {
    const known = rfbMessages.encodings(encoding.xvp, encoding.continuous);
    const { replies } = receiveRfb(runningConnection(), concatBytes(known, known), "web");
    expect(replies).toEqual([Uint8Array.of(250, 0, 1, 1), Uint8Array.of(150)]);
  });

  test("turns the server off and on by power buttons", () => {
    for (const [code, power] of [
      [0, null],
      [1, null],
      [2, "shutdown"],
      [3, "reboot"],
      [4, "reset"],
      [5, null],
    ] as const)
      expect(receiveRfb(runningConnection(), rfbMessages.xvp(code), "web").power).toBe(power);
  });
});

/** X11's keysyms of keys without characters. */
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
  /** With modifier keys held. */
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
