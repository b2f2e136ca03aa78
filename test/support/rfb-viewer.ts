import { deflate } from "../../lambdas/console/deflate.ts";
import {
  buildRfbUpdate,
  newRfbConnection,
  type Received,
  receiveRfb,
} from "../../lambdas/console/model/rfb-connection.ts";
import type { RfbConnection } from "../../lambdas/console/model/rfb-state.ts";
import type { Screen } from "../../lambdas/console/model/screen.ts";
import { createFramebuffer, type PixelFormat } from "./framebuffer.ts";

export const rfbMessages = {
  version: (minor = "008") => latin1Bytes(`RFB 003.${minor}\n`),
  security: Uint8Array.of(1),
  init: Uint8Array.of(1),
  format: ({ bitsPerPixel, depth, isBigEndian, max, shift }: PixelFormat) =>
    Uint8Array.of(
      ...[0, 0, 0, 0, bitsPerPixel, depth, isBigEndian ? 1 : 0, 1],
      ...max.flatMap((most) => [most >> 8, most & 255]),
      ...shift,
      ...[0, 0, 0],
    ),
  encodings: (...numbers: readonly number[]) => {
    const view = new DataView(new ArrayBuffer(4 + 4 * numbers.length));
    view.setUint8(0, 2);
    view.setUint16(2, numbers.length);
    numbers.forEach((number, i) => void view.setInt32(4 + 4 * i, number));
    return new Uint8Array(view.buffer);
  },
  update: (incremental: boolean) =>
    Uint8Array.of(3, incremental ? 1 : 0, 0, 0, 0, 0, 2, 128, 1, 128),
  key: (symbol: number, down: boolean) =>
    Uint8Array.of(4, down ? 1 : 0, 0, 0, ...[24, 16, 8, 0].map((by) => (symbol >>> by) & 255)),
  pointer: Uint8Array.of(5, 0, 0, 9, 0, 9),
  cutText: (length: number) =>
    Uint8Array.of(6, 0, 0, 0, ...[24, 16, 8, 0].map((by) => (length >>> by) & 255)),
  continuous: (on: boolean) => Uint8Array.of(150, on ? 1 : 0, 0, 0, 0, 0, 2, 128, 1, 128),
  xvp: (code: number, version = 1) => Uint8Array.of(250, 0, version, code),
} as const;

export const encoding = { raw: 0, copyRect: 1, tight: 7, xvp: -309, continuous: -313 } as const;

export const defaultPixelFormat: PixelFormat = {
  bitsPerPixel: 32,
  depth: 24,
  isBigEndian: false,
  max: [255, 255, 255],
  shift: [16, 8, 0],
};

export const latin1Bytes = (text: string): Uint8Array =>
  Uint8Array.from(text, (char) => char.charCodeAt(0));

export const concatBytes = (...parts: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...part]));

/** Serializes the state, as a session does between steps. */
export const throughJson = (rfb: RfbConnection): RfbConnection =>
  JSON.parse(JSON.stringify(rfb)) as RfbConnection;

export function runningConnection(): RfbConnection {
  const { rfb } = receiveRfb(
    newRfbConnection,
    concatBytes(rfbMessages.version(), rfbMessages.security, rfbMessages.init),
    "web",
  );
  if (rfb.phase !== "running") throw new Error("The handshake is not done.");
  return rfb;
}

export function createRfbViewer() {
  const buffer = createFramebuffer();
  let rfb = runningConnection();
  let pixelFormat = defaultPixelFormat;
  let lastScreen: Screen | null = null;
  return {
    buffer,
    say(...messages: readonly Uint8Array[]): Received {
      const received = receiveRfb(throughJson(rfb), concatBytes(...messages), "web");
      rfb = received.rfb;
      for (const reply of received.replies) buffer.take(reply, pixelFormat);
      return received;
    },
    ask(format: PixelFormat) {
      this.say(rfbMessages.format(format));
      pixelFormat = format;
    },
    see(screen: Screen): number {
      const update = buildRfbUpdate(throughJson(rfb), lastScreen, screen, deflate);
      rfb = update.rfb;
      if (!update.update) return 0;
      lastScreen = screen;
      buffer.take(update.update, pixelFormat);
      return update.update.length;
    },
    rfb: () => rfb,
  };
}
