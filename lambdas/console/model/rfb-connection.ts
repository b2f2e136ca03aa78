import { bytesIn, joined, textIn } from "./bytes.ts";
import { usualFormat } from "./pixels.ts";
import type { Power } from "./power.ts";
import { message } from "./rfb-messages.ts";
import type { Rfb } from "./rfb-state.ts";
import { type Deflate, framebufferUpdate } from "./rfb-update.ts";
import type { Screen } from "./screen.ts";

/** What a viewer's bytes come to. */
export interface Heard {
  readonly rfb: Rfb;
  /** One message each: some clients read no more than one from a frame. */
  readonly replies: readonly Uint8Array[];
  /** What was typed, a character for each key. */
  readonly keys: string;
  readonly power: Power | null;
}

export const greeted: Rfb = {
  phase: "version",
  minor: 8,
  unread: "",
  unwanted: 0,
  format: usualFormat,
  tight: false,
  copyRect: false,
  xvp: false,
  continuous: "no",
  wants: "nothing",
  control: false,
  alt: false,
};

/** What the server says first. */
export const greeting: Uint8Array = bytesIn("RFB 003.008\n");

/** Throws `malformed` where the bytes are not RFB. `name` is the desktop's. */
export function hear(rfb: Rfb, bytes: Uint8Array, name: string): Heard {
  const input = joined([bytesIn(rfb.unread), bytes]);
  const replies: Uint8Array[] = [];
  let [keys, power, at] = ["", null as Power | null, 0];
  let next: Rfb = { ...rfb, unread: "" };
  for (;;) {
    const skipped = Math.min(next.unwanted, input.length - at);
    at += skipped;
    next = { ...next, unwanted: next.unwanted - skipped };
    const step = at < input.length ? message(next, new DataView(input.buffer, at), name) : null;
    if (!step) break;
    at += step.took;
    next = { ...next, ...step.to };
    replies.push(...(step.replies ?? []));
    keys += step.key ?? "";
    power = step.power ?? power;
  }
  return {
    rfb: { ...next, unread: textIn(input.subarray(at)) },
    replies,
    keys,
    power,
  };
}

/**
 * What the viewer is told once `after` is there to be seen, if it waits for that. `before` is what it
 * shows; null where that is not known.
 */
export function show(
  rfb: Rfb,
  before: Screen | null,
  after: Screen,
  deflate: Deflate,
): { readonly rfb: Rfb; readonly update: Uint8Array | null } {
  if (rfb.phase !== "running" || rfb.wants === "nothing") return { rfb, update: null };
  const seen = rfb.wants === "everything" ? null : before;
  const { format, tight, copyRect } = rfb;
  const manner = { format, deflate: tight ? deflate : null, copyRect };
  const update = framebufferUpdate(seen, after, manner);
  if (!update) return { rfb, update };
  const wants = rfb.continuous === "on" ? "changes" : "nothing";
  return { rfb: wants === rfb.wants ? rfb : { ...rfb, wants }, update };
}
