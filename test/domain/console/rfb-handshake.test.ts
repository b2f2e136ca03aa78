import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  newRfbConnection,
  protocolVersionMessage,
  receiveRfb,
} from "../../../lambdas/console/model/rfb-connection.ts";
import { Fault } from "../../../lambdas/core/fault.ts";
import { latin1Text } from "../../support/rfb-messages.ts";
import { concatBytes, latin1Bytes, rfbMessages } from "../../support/rfb-viewer.ts";

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
