import { deflate } from "../../lambdas/console/deflate.ts";
import { greeted, type Heard, hear, show } from "../../lambdas/console/model/rfb-connection.ts";
import type { Rfb } from "../../lambdas/console/model/rfb-state.ts";
import type { Screen } from "../../lambdas/console/model/screen.ts";
import { type Asked, framebuffer } from "./framebuffer.ts";

/** What viewers say. */
export const says = {
  version: (minor = "008") => bytes(`RFB 003.${minor}\n`),
  security: Uint8Array.of(1),
  init: Uint8Array.of(1),
  format: ({ bits, depth, bigEndian, max, shift }: Asked) =>
    Uint8Array.of(
      ...[0, 0, 0, 0, bits, depth, bigEndian ? 1 : 0, 1],
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

/** Encodings by their numbers. */
export const encoding = { raw: 0, copyRect: 1, tight: 7, xvp: -309, continuous: -313 } as const;

export const usual: Asked = {
  bits: 32,
  depth: 24,
  bigEndian: false,
  max: [255, 255, 255],
  shift: [16, 8, 0],
};

export const bytes = (text: string): Uint8Array =>
  Uint8Array.from(text, (char) => char.charCodeAt(0));

export const all = (...parts: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...part]));

/** State goes through JSON between any two steps, as it does in a room. */
export const kept = (rfb: Rfb): Rfb => JSON.parse(JSON.stringify(rfb)) as Rfb;

/** A viewer that has come so far as to say what it likes. */
export function running(): Rfb {
  const { rfb } = hear(greeted, all(says.version(), says.security, says.init), "web");
  if (rfb.phase !== "running") throw new Error("The handshake is not done.");
  return rfb;
}

/** A viewer with a framebuffer, and the server's end of it. */
export function looking() {
  const buffer = framebuffer();
  let rfb = running();
  let asked = usual;
  let before: Screen | null = null;
  return {
    buffer,
    say(...messages: readonly Uint8Array[]): Heard {
      const heard = hear(kept(rfb), all(...messages), "web");
      rfb = heard.rfb;
      for (const reply of heard.replies) buffer.take(reply, asked);
      return heard;
    },
    ask(format: Asked) {
      this.say(says.format(format));
      asked = format;
    },
    /** Shows the screen, and answers how many bytes that took. */
    see(screen: Screen): number {
      const shown = show(kept(rfb), before, screen, deflate);
      rfb = shown.rfb;
      if (!shown.update) return 0;
      before = screen;
      buffer.take(shown.update, asked);
      return shown.update.length;
    },
    rfb: () => rfb,
  };
}
