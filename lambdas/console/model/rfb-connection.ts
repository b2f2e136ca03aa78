import { bytesToLatin1, concatBytes, latin1ToBytes } from "./bytes.ts";
import { defaultPixelFormat } from "./pixels.ts";
import type { Power } from "./power.ts";
import { readMessage } from "./rfb-messages.ts";
import type { RfbConnection } from "./rfb-state.ts";
import { type Deflate, framebufferUpdate } from "./rfb-update.ts";
import type { Screen } from "./screen.ts";

export interface Received {
  readonly rfb: RfbConnection;
  /** One message each: some clients read one per frame. */
  readonly replies: readonly Uint8Array[];
  /** One character per key. */
  readonly keys: string;
  readonly power: Power | null;
}

export const newRfbConnection: RfbConnection = {
  phase: "version",
  minor: 8,
  unread: "",
  unwanted: 0,
  format: defaultPixelFormat,
  tight: false,
  copyRect: false,
  xvp: false,
  continuous: "no",
  wants: "nothing",
  control: false,
  alt: false,
};

export const protocolVersionMessage: Uint8Array = latin1ToBytes("RFB 003.008\n");

/** Throws `malformed` for bytes that are not RFB. `name`: the desktop's. */
export function receiveRfb(rfb: RfbConnection, bytes: Uint8Array, name: string): Received {
  const input = concatBytes([latin1ToBytes(rfb.unread), bytes]);
  const replies: Uint8Array[] = [];
  let [keys, power, offset] = ["", null as Power | null, 0];
  let next: RfbConnection = { ...rfb, unread: "" };
  for (;;) {
    const skipped = Math.min(next.unwanted, input.length - offset);
    offset += skipped;
    next = { ...next, unwanted: next.unwanted - skipped };
    const step =
      offset < input.length ? readMessage(next, new DataView(input.buffer, offset), name) : null;
    if (!step) break;
    offset += step.consumedBytes;
    next = { ...next, ...step.changes };
    replies.push(...(step.replies ?? []));
    keys += step.key ?? "";
    power = step.power ?? power;
  }
  return {
    rfb: { ...next, unread: bytesToLatin1(input.subarray(offset)) },
    replies,
    keys,
    power,
  };
}

/** null if the viewer awaits no update. `before`: the viewer's screen, null if unknown. */
export function buildRfbUpdate(
  rfb: RfbConnection,
  before: Screen | null,
  after: Screen,
  deflate: Deflate,
): { readonly rfb: RfbConnection; readonly update: Uint8Array | null } {
  if (rfb.phase !== "running" || rfb.wants === "nothing") return { rfb, update: null };
  const shown = rfb.wants === "everything" ? null : before;
  const { format, tight, copyRect } = rfb;
  const viewerEncodings = { format, deflate: tight ? deflate : null, copyRect };
  const update = framebufferUpdate(shown, after, viewerEncodings);
  if (!update) return { rfb, update };
  const wants = rfb.continuous === "on" ? "changes" : "nothing";
  return { rfb: wants === rfb.wants ? rfb : { ...rfb, wants }, update };
}
