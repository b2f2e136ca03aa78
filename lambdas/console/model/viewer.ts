import type { ConsoleType } from "../../compute/model/console-grant.ts";
import type { Power } from "./power.ts";
import {
  buildRfbUpdate,
  newRfbConnection,
  protocolVersionMessage,
  receiveRfb,
} from "./rfb-connection.ts";
import { xvpFailMessage } from "./rfb-messages.ts";
import type { RfbConnection } from "./rfb-state.ts";
import type { Deflate } from "./rfb-update.ts";
import type { Screen } from "./screen.ts";
import { parseTerminalKeys, terminalUpdate } from "./terminal.ts";

/** Who looks at a console: by RFB at its pixels, or as a terminal at its text. Plain JSON. */
export type ViewerState =
  | { readonly kind: "rfb"; readonly rfb: RfbConnection }
  | { readonly kind: "terminal" };

export interface ReceivedFromViewer {
  readonly viewer: ViewerState;
  readonly replies: readonly Uint8Array[];
  readonly keys: string;
  readonly power: Power | null;
}

/** A viewer that comes, and what it is told first. */
export const newViewer = (
  type: ConsoleType,
): { readonly viewer: ViewerState; readonly hello: Uint8Array } =>
  type === "serial"
    ? { viewer: { kind: "terminal" }, hello: new Uint8Array() }
    : { viewer: { kind: "rfb", rfb: newRfbConnection }, hello: protocolVersionMessage };

/** Whether it has said all that has to be said before there is anything to see. */
export const hasFinishedHandshake = (viewer: ViewerState): boolean =>
  viewer.kind === "terminal" || viewer.rfb.phase === "running";

/** Takes a viewer's bytes. Throws `malformed` for what no such viewer sends. */
export function receiveBytes(
  viewer: ViewerState,
  bytes: Uint8Array,
  name: string,
): ReceivedFromViewer {
  if (viewer.kind === "terminal")
    return {
      viewer,
      replies: [],
      keys: parseTerminalKeys(new TextDecoder().decode(bytes)),
      power: null,
    };
  const { rfb, ...received } = receiveRfb(viewer.rfb, bytes, name);
  return { viewer: { kind: "rfb", rfb }, ...received };
}

/** Brings a viewer that shows `before` (null: nobody knows what) to what is to be seen. */
export function buildUpdate(
  viewer: ViewerState,
  before: Screen | null,
  after: Screen,
  deflate: Deflate,
): { readonly viewer: ViewerState; readonly update: Uint8Array | null } {
  if (viewer.kind === "terminal") {
    const text = terminalUpdate(before, after);
    return { viewer, update: text === null ? null : new TextEncoder().encode(text) };
  }
  const { rfb, update } = buildRfbUpdate(viewer.rfb, before, after, deflate);
  return { viewer: rfb === viewer.rfb ? viewer : { kind: "rfb", rfb }, update };
}

/** A viewer whose last picture was lost on its way: it waits for it still. */
export const withPendingUpdate = (viewer: ViewerState): ViewerState =>
  viewer.kind === "rfb" && viewer.rfb.wants === "nothing"
    ? { kind: "rfb", rfb: { ...viewer.rfb, wants: "changes" } }
    : viewer;

/** What tells a viewer that its power button did not work, if it has one. */
export const powerRefusalMessage = (viewer: ViewerState): Uint8Array =>
  viewer.kind === "rfb" && viewer.rfb.xvp ? xvpFailMessage : new Uint8Array();
