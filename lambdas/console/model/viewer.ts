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

/** An RFB viewer of pixels, or a terminal. Plain JSON. */
export type ViewerState =
  | { readonly kind: "rfb"; readonly rfb: RfbConnection }
  | { readonly kind: "terminal" };

export interface ReceivedFromViewer {
  readonly viewer: ViewerState;
  readonly replies: readonly Uint8Array[];
  readonly keys: string;
  readonly power: Power | null;
}

/** With the server's greeting. */
export const newViewer = (
  type: ConsoleType,
): { readonly viewer: ViewerState; readonly hello: Uint8Array } =>
  type === "serial"
    ? { viewer: { kind: "terminal" }, hello: new Uint8Array() }
    : { viewer: { kind: "rfb", rfb: newRfbConnection }, hello: protocolVersionMessage };

export const hasFinishedHandshake = (viewer: ViewerState): boolean =>
  viewer.kind === "terminal" || viewer.rfb.phase === "running";

/** Throws `malformed` on a protocol error. */
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

/** `before`: the viewer's screen, null if unknown. */
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

/** Requests the lost update again. */
export const withPendingUpdate = (viewer: ViewerState): ViewerState =>
  viewer.kind === "rfb" && viewer.rfb.wants === "nothing"
    ? { kind: "rfb", rfb: { ...viewer.rfb, wants: "changes" } }
    : viewer;

export const powerRefusalMessage = (viewer: ViewerState): Uint8Array =>
  viewer.kind === "rfb" && viewer.rfb.xvp ? xvpFailMessage : new Uint8Array();
