import { badRequest } from "../../core/fault.ts";
import { bytesToLatin1, u16, u32 } from "./bytes.ts";
import { defaultPixelFormat, type PixelFormat, screenHeightPx, screenWidthPx } from "./pixels.ts";
import type { Power } from "./power.ts";
import { interpretKey } from "./rfb-keys.ts";
import type { RfbConnection } from "./rfb-state.ts";
import { encodings } from "./rfb-update.ts";

const xvp = { encoding: -309, message: 250, version: 1, fail: 0, init: 1 } as const;
const continuousUpdates = { encoding: -313, message: 150 } as const;

const toByteArray = (values: readonly number[]): Uint8Array => Uint8Array.from(values);

export const xvpFailMessage = toByteArray([xvp.message, 0, xvp.version, xvp.fail]);

export interface MessageEffect {
  readonly consumedBytes: number;
  readonly changes?: Partial<RfbConnection>;
  readonly replies?: readonly Uint8Array[];
  readonly key?: string;
  readonly power?: Power | null;
}

/** Reads the first message; null if it is incomplete. Throws `malformed`. */
export function readMessage(
  rfb: RfbConnection,
  view: DataView,
  name: string,
): MessageEffect | null {
  if (rfb.phase === "version") return readVersion(view);
  if (rfb.phase === "security") {
    if (view.getUint8(0) !== 1) throw badRequest("The security type was not offered.");
    return {
      consumedBytes: 1,
      changes: { phase: "init" },
      replies: rfb.minor === 8 ? [toByteArray(u32(0))] : [],
    };
  }
  // ClientInit: the shared flag is ignored, every console is shared
  if (rfb.phase === "init")
    return { consumedBytes: 1, changes: { phase: "running" }, replies: [serverInitMessage(name)] };
  const kind = view.getUint8(0);
  const read = Object.hasOwn(messageReaders, kind) ? messageReaders[kind] : undefined;
  if (!read) throw badRequest(`There is no message ${kind}.`);
  const { minBytes, step } = read;
  return view.byteLength < minBytes ? null : step(rfb, view);
}

/** In 3.3 the server sets the security type None; later versions choose it. */
function readVersion(view: DataView): MessageEffect | null {
  if (view.byteLength < 12) return null;
  const text = bytesToLatin1(new Uint8Array(view.buffer, view.byteOffset, 12));
  const [, digits] = /^RFB 003\.(\d{3})\n$/.exec(text) ?? [];
  if (digits === undefined) throw badRequest("This is not RFB.");
  const minor = Number(digits) >= 8 ? 8 : Number(digits) === 7 ? 7 : 3;
  return minor === 3
    ? { consumedBytes: 12, changes: { minor, phase: "init" }, replies: [toByteArray(u32(1))] }
    : { consumedBytes: 12, changes: { minor, phase: "security" }, replies: [toByteArray([1, 1])] };
}

/** tempest reads frames of less than 126 bytes; 24 precede the name. */
const maxNameBytes = 90;

function serverInitMessage(name: string): Uint8Array {
  const desktop = new Uint8Array(maxNameBytes);
  const { written } = new TextEncoder().encodeInto(name, desktop);
  const { bits, depth, max, shift } = defaultPixelFormat;
  const format = [bits, depth, 0, 1, ...max.flatMap(u16), ...shift, 0, 0, 0];
  const size = [...u16(screenWidthPx), ...u16(screenHeightPx)];
  return toByteArray([...size, ...format, ...u32(written), ...desktop.subarray(0, written)]);
}

interface MessageReader {
  /** Bytes that determine the message's length. */
  readonly minBytes: number;
  step(rfb: RfbConnection, view: DataView): MessageEffect | null;
}

const maxEncodings = 256;

const messageReaders: Readonly<Record<number, MessageReader>> = {
  0: {
    minBytes: 20,
    step: (_, view) => ({ consumedBytes: 20, changes: { format: readPixelFormat(view) } }),
  },
  2: { minBytes: 4, step: setEncodings },
  3: {
    minBytes: 10,
    step: (rfb, view) => ({
      consumedBytes: 10,
      changes: { wants: wantsAfterRequest(rfb, view.getUint8(1) !== 0) },
    }),
  },
  4: {
    minBytes: 8,
    step: (rfb, view) => ({
      consumedBytes: 8,
      ...interpretKey(rfb, view.getUint32(4), view.getUint8(1) !== 0),
    }),
  },
  5: { minBytes: 6, step: () => ({ consumedBytes: 6 }) },
  // some viewers send ClientCutText on every change: ignored
  6: {
    minBytes: 8,
    step: (_, view) => ({ consumedBytes: 8, changes: { unwanted: Math.abs(view.getInt32(4)) } }),
  },
  [continuousUpdates.message]: { minBytes: 10, step: enableContinuousUpdates },
  [xvp.message]: {
    minBytes: 4,
    step: (_, view) => ({ consumedBytes: 4, power: powerByXvpCode[view.getUint8(3)] ?? null }),
  },
};

const powerByXvpCode: Readonly<Record<number, Power>> = { 2: "shutdown", 3: "reboot", 4: "reset" };

const wantsAfterRequest = (
  { wants }: RfbConnection,
  incremental: boolean,
): RfbConnection["wants"] => (incremental && wants !== "everything" ? "changes" : "everything");

function readPixelFormat(view: DataView): PixelFormat {
  const [bits, depth, bigEndian, trueColor] = [4, 5, 6, 7].map((at) => view.getUint8(at));
  if ((bits !== 8 && bits !== 16 && bits !== 32) || !trueColor)
    throw badRequest("The pixel format is not supported.");
  return {
    bits,
    depth: depth ?? bits,
    bigEndian: bigEndian !== 0,
    max: [view.getUint16(8), view.getUint16(10), view.getUint16(12)],
    shift: [view.getUint8(14), view.getUint8(15), view.getUint8(16)],
  };
}

function setEncodings(rfb: RfbConnection, view: DataView): MessageEffect | null {
  const count = view.getUint16(2);
  if (count > maxEncodings) throw badRequest("There are too many encodings.");
  const byteLength = 4 + 4 * count;
  if (view.byteLength < byteLength) return null;
  const known = Array.from({ length: count }, (_, i) => view.getInt32(4 + 4 * i));
  const offersXvp = !rfb.xvp && known.includes(xvp.encoding);
  const offersContinuous = rfb.continuous === "no" && known.includes(continuousUpdates.encoding);
  return {
    consumedBytes: byteLength,
    changes: {
      tight: known.includes(encodings.tight),
      copyRect: known.includes(encodings.copyRect),
      ...(offersXvp && { xvp: true }),
      ...(offersContinuous && { continuous: "offered" }),
    },
    replies: [
      ...(offersXvp ? [toByteArray([xvp.message, 0, xvp.version, xvp.init])] : []),
      ...(offersContinuous ? [toByteArray([continuousUpdates.message])] : []),
    ],
  };
}

function enableContinuousUpdates(rfb: RfbConnection, view: DataView): MessageEffect {
  if (view.getUint8(1) !== 0)
    return {
      consumedBytes: 10,
      changes: { continuous: "on", wants: wantsAfterRequest(rfb, true) },
    };
  return {
    consumedBytes: 10,
    changes: {
      continuous: "offered",
      wants: rfb.wants === "everything" ? "everything" : "nothing",
    },
    replies: [toByteArray([continuousUpdates.message])],
  };
}
