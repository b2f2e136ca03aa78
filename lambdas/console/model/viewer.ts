import type { ConsoleType } from "../../compute/model/console-grant.ts";
import type { Power } from "./power.ts";
import { greeted, greeting, hear, show } from "./rfb-connection.ts";
import { powerRefused } from "./rfb-messages.ts";
import type { Rfb } from "./rfb-state.ts";
import type { Deflate } from "./rfb-update.ts";
import type { Screen } from "./screen.ts";
import { terminalKeys, terminalUpdate } from "./terminal.ts";

/** Who looks at a console: by RFB at its pixels, or as a terminal at its text. Plain JSON. */
export type Viewer = { readonly kind: "rfb"; readonly rfb: Rfb } | { readonly kind: "terminal" };

export interface Heard {
  readonly viewer: Viewer;
  readonly replies: readonly Uint8Array[];
  readonly keys: string;
  readonly power: Power | null;
}

/** A viewer that comes, and what it is told first. */
export const newcomer = (
  type: ConsoleType,
): { readonly viewer: Viewer; readonly hello: Uint8Array } =>
  type === "serial"
    ? { viewer: { kind: "terminal" }, hello: new Uint8Array() }
    : { viewer: { kind: "rfb", rfb: greeted }, hello: greeting };

/** Whether it has said all that has to be said before there is anything to see. */
export const hasBegun = (viewer: Viewer): boolean =>
  viewer.kind === "terminal" || viewer.rfb.phase === "running";

/** Takes a viewer's bytes. Throws `malformed` for what no such viewer sends. */
export function heardFrom(viewer: Viewer, bytes: Uint8Array, name: string): Heard {
  if (viewer.kind === "terminal")
    return {
      viewer,
      replies: [],
      keys: terminalKeys(new TextDecoder().decode(bytes)),
      power: null,
    };
  const { rfb, ...heard } = hear(viewer.rfb, bytes, name);
  return { viewer: { kind: "rfb", rfb }, ...heard };
}

/** Brings a viewer that shows `before` (null: nobody knows what) to what is to be seen. */
export function shownTo(
  viewer: Viewer,
  before: Screen | null,
  after: Screen,
  deflate: Deflate,
): { readonly viewer: Viewer; readonly update: Uint8Array | null } {
  if (viewer.kind === "terminal") {
    const text = terminalUpdate(before, after);
    return { viewer, update: text === null ? null : new TextEncoder().encode(text) };
  }
  const { rfb, update } = show(viewer.rfb, before, after, deflate);
  return { viewer: rfb === viewer.rfb ? viewer : { kind: "rfb", rfb }, update };
}

/** A viewer whose last picture was lost on its way: it waits for it still. */
export const owed = (viewer: Viewer): Viewer =>
  viewer.kind === "rfb" && viewer.rfb.wants === "nothing"
    ? { kind: "rfb", rfb: { ...viewer.rfb, wants: "changes" } }
    : viewer;

/** What tells a viewer that its power button did not work, if it has one. */
export const refusalOfPower = (viewer: Viewer): Uint8Array =>
  viewer.kind === "rfb" && viewer.rfb.xvp ? powerRefused : new Uint8Array();
