import { concatBytes } from "../../lambdas/console/model/bytes.ts";
import { toBitmap, wholeScreen } from "../../lambdas/console/model/pixels.ts";
import {
  blankScreen,
  type Screen,
  screenColumns,
  screenRows,
} from "../../lambdas/console/model/screen.ts";
import { encodingNumbers, viewerMessages } from "./exchange-viewer.ts";

export interface VirtualViewer {
  isOpen(): boolean;
  encodeKeys(text: string): Uint8Array;
  receive(bytes: Uint8Array): Uint8Array;
  isShowing(screen: Screen): boolean;
}

/** A terminal that knows the console's sequences only. */
export function terminalViewer(): VirtualViewer {
  let lines = [...blankScreen.lines];
  let [x, y] = [0, 0];
  return {
    isOpen: () => true,
    encodeKeys: (text) => new TextEncoder().encode(text.replaceAll("\n", "\r")),
    receive(bytes) {
      const text = new TextDecoder().decode(bytes);
      for (const [part, row, column] of text.matchAll(
        // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal's sequences begin with one
        /\x1b\[(\d+);(\d+)H|\x1b\[K|\x1b\[2J|[^\x1b]+/g,
      ))
        if (row) [x, y] = [Number(column) - 1, Number(row) - 1];
        else if (part === "\x1b[2J") lines = [...blankScreen.lines];
        else if (part === "\x1b[K") lines[y] = (lines[y] ?? "").slice(0, x).trimEnd();
        else {
          lines[y] =
            (lines[y] ?? "").padEnd(x).slice(0, x) + part + (lines[y] ?? "").slice(x + part.length);
          x += part.length;
        }
      return new Uint8Array();
    },
    isShowing: (screen) =>
      lines.every((line, i) => line.trimEnd() === screen.lines[i]) &&
      x === screen.x &&
      y === screen.y,
  };
}

/** Requests no compression. */
export const withoutDeflate = (bytes: Uint8Array): Uint8Array => bytes;

/** An RFB 3.8 viewer with Tight; without continuous updates it requests each one. */
export function rfbVirtualViewer({
  continuous: hasContinuousUpdates,
}: {
  readonly continuous: boolean;
}): VirtualViewer {
  const shown = new Uint8Array(wholeScreen.width * wholeScreen.height * 16);
  const steps = [12, 2, 4, 0] as const;
  let [unread, step] = [new Uint8Array(), 0];

  function paint(view: DataView): number {
    let at = 4;
    for (let left = view.getUint16(2); left > 0; left--) {
      const [x = 0, y = 0, width = 0, height = 0] = [0, 2, 4, 6].map((i) => view.getUint16(at + i));
      const size = (width / 8) * height;
      at += 12 + 3 + 6;
      if (size >= 12) while (view.getUint8(at++) & 0x80);
      for (let row = 0; row < height; row++)
        for (let column = 0; column < width / 8; column++)
          shown[(y + row) * screenColumns + x / 8 + column] = view.getUint8(at++);
    }
    return at;
  }

  function message(view: DataView): { took: number; says: Uint8Array } {
    if (step < steps.length) {
      const took = steps[step] || 24 + view.getUint32(20);
      step++;
      const wanted = hasContinuousUpdates ? [encodingNumbers.continuous] : [];
      return {
        took,
        says:
          [viewerMessages.version, viewerMessages.none, viewerMessages.shared][step - 1] ??
          concatBytes([
            viewerMessages.encodings(encodingNumbers.tight, ...wanted),
            viewerMessages.update(false),
          ]),
      };
    }
    if (view.getUint8(0) === 150) return { took: 1, says: viewerMessages.continuous };
    return {
      took: paint(view),
      says: hasContinuousUpdates ? new Uint8Array() : viewerMessages.update(true),
    };
  }

  return {
    isOpen: () => step === steps.length,
    encodeKeys: viewerMessages.keys,
    receive(bytes) {
      unread = concatBytes([unread, bytes]);
      const replies: Uint8Array[] = [];
      while (unread.length > 0) {
        const done = message(new DataView(unread.buffer, unread.byteOffset));
        unread = unread.slice(done.took);
        replies.push(done.says);
      }
      return concatBytes(replies);
    },
    isShowing(screen) {
      const bits = toBitmap(screen, wholeScreen);
      return (
        bits.length === screenColumns * screenRows * 16 &&
        bits.every((byte, i) => byte === shown[i])
      );
    },
  };
}
