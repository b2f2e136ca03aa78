import { joined } from "../../lambdas/console/model/bytes.ts";
import { bitmap, whole } from "../../lambdas/console/model/pixels.ts";
import { blank, columns, rows, type Screen } from "../../lambdas/console/model/screen.ts";
import { extensions, says } from "./exchange.ts";

/** What is at the other end of a console: it takes what it is sent, and may have to say something. */
export interface Viewing {
  /** Whether hands are shaken, and it may type. */
  isOpen(): boolean;
  typed(text: string): Uint8Array;
  /** Takes an answer; what it has to say to it. */
  take(bytes: Uint8Array): Uint8Array;
  /** Whether what it shows is the screen. */
  shows(screen: Screen): boolean;
}

/** A terminal of which as much is there as the console's own sequences need. */
export function terminalViewing(): Viewing {
  let lines = [...blank.lines];
  let [x, y] = [0, 0];
  return {
    isOpen: () => true,
    typed: (text) => new TextEncoder().encode(text.replaceAll("\n", "\r")),
    take(bytes) {
      const text = new TextDecoder().decode(bytes);
      for (const [part, row, column] of text.matchAll(
        // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal's sequences begin with one
        /\x1b\[(\d+);(\d+)H|\x1b\[K|\x1b\[2J|[^\x1b]+/g,
      ))
        if (row) [x, y] = [Number(column) - 1, Number(row) - 1];
        else if (part === "\x1b[2J") lines = [...blank.lines];
        else if (part === "\x1b[K") lines[y] = (lines[y] ?? "").slice(0, x).trimEnd();
        else {
          lines[y] =
            (lines[y] ?? "").padEnd(x).slice(0, x) + part + (lines[y] ?? "").slice(x + part.length);
          x += part.length;
        }
      return new Uint8Array();
    },
    shows: (screen) =>
      lines.every((line, i) => line.trimEnd() === screen.lines[i]) &&
      x === screen.x &&
      y === screen.y,
  };
}

/** What is not deflated is for a viewer that does not inflate. */
export const undeflated = (bytes: Uint8Array): Uint8Array => bytes;

/** An RFB 3.8 viewer that knows Tight; one that is not told of changes asks for them, each time anew. */
export function rfbViewing({ continuous }: { readonly continuous: boolean }): Viewing {
  const shown = new Uint8Array(whole.width * whole.height * 16);
  const steps = [12, 2, 4, 0] as const;
  let [unread, step] = [new Uint8Array(), 0];

  /** Paints an update; its length. */
  function paint(view: DataView): number {
    let at = 4;
    for (let left = view.getUint16(2); left > 0; left--) {
      const [x = 0, y = 0, width = 0, height = 0] = [0, 2, 4, 6].map((i) => view.getUint16(at + i));
      const size = (width / 8) * height;
      at += 12 + 3 + 6;
      if (size >= 12) while (view.getUint8(at++) & 0x80);
      for (let row = 0; row < height; row++)
        for (let column = 0; column < width / 8; column++)
          shown[(y + row) * columns + x / 8 + column] = view.getUint8(at++);
    }
    return at;
  }

  function message(view: DataView): { took: number; says: Uint8Array } {
    if (step < steps.length) {
      const took = steps[step] || 24 + view.getUint32(20);
      step++;
      const wanted = continuous ? [extensions.continuous] : [];
      return {
        took,
        says:
          [says.version, says.none, says.shared][step - 1] ??
          joined([says.encodings(extensions.tight, ...wanted), says.update(false)]),
      };
    }
    if (view.getUint8(0) === 150) return { took: 1, says: says.continuous };
    return { took: paint(view), says: continuous ? new Uint8Array() : says.update(true) };
  }

  return {
    isOpen: () => step === steps.length,
    typed: says.keys,
    take(bytes) {
      unread = joined([unread, bytes]);
      const said: Uint8Array[] = [];
      while (unread.length > 0) {
        const done = message(new DataView(unread.buffer, unread.byteOffset));
        unread = unread.slice(done.took);
        said.push(done.says);
      }
      return joined(said);
    },
    shows(screen) {
      const bits = bitmap(screen, whole);
      return bits.length === columns * rows * 16 && bits.every((byte, i) => byte === shown[i]);
    },
  };
}
