import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { deflate } from "../../../lambdas/console/deflate.ts";
import {
  buildRfbUpdate,
  newRfbConnection,
  receiveRfb,
} from "../../../lambdas/console/model/rfb-connection.ts";
import type { RfbConnection } from "../../../lambdas/console/model/rfb-state.ts";
import { blankScreen } from "../../../lambdas/console/model/screen.ts";
import { Fault } from "../../../lambdas/core/fault.ts";
import { latin1Text } from "../../support/rfb-messages.ts";
import {
  concatBytes,
  encoding,
  latin1Bytes,
  rfbMessages,
  runningConnection,
  throughJson,
} from "../../support/rfb-viewer.ts";

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
