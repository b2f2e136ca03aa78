import { malformed } from "../../core/fault.ts";
import { textIn, u16, u32 } from "./bytes.ts";
import { height, type PixelFormat, usualFormat, width } from "./pixels.ts";
import type { Power } from "./power.ts";
import { pressing } from "./rfb-keys.ts";
import type { Rfb } from "./rfb-state.ts";
import { encodings } from "./rfb-update.ts";

const xvp = { encoding: -309, message: 250, version: 1, fail: 0, init: 1 } as const;
const continuous = { encoding: -313, message: 150 } as const;

const bytesOf = (values: readonly number[]): Uint8Array => Uint8Array.from(values);

/** That the power button did not work. */
export const powerRefused = bytesOf([xvp.message, 0, xvp.version, xvp.fail]);

/** What a message comes to. */
export interface Step {
  /** Bytes. */
  readonly took: number;
  readonly to?: Partial<Rfb>;
  readonly replies?: readonly Uint8Array[];
  readonly key?: string;
  readonly power?: Power | null;
}

/** The message at the head of the view; null where it is not all there yet. */
export function message(rfb: Rfb, view: DataView, name: string): Step | null {
  if (rfb.phase === "version") return version(view);
  if (rfb.phase === "security") {
    if (view.getUint8(0) !== 1) throw malformed("The security type was not offered.");
    return { took: 1, to: { phase: "init" }, replies: rfb.minor === 8 ? [bytesOf(u32(0))] : [] };
  }
  // ClientInit: whether others may look on too, which they may
  if (rfb.phase === "init")
    return { took: 1, to: { phase: "running" }, replies: [serverInit(name)] };
  const kind = view.getUint8(0);
  const read = Object.hasOwn(messages, kind) ? messages[kind] : undefined;
  if (!read) throw malformed(`There is no message ${kind}.`);
  const { least, step } = read;
  return view.byteLength < least ? null : step(rfb, view);
}

/** 3.3 is told the security type, later versions choose from those there are: None. */
function version(view: DataView): Step | null {
  if (view.byteLength < 12) return null;
  const said = textIn(new Uint8Array(view.buffer, view.byteOffset, 12));
  const [, digits] = /^RFB 003\.(\d{3})\n$/.exec(said) ?? [];
  if (digits === undefined) throw malformed("This is not RFB.");
  const minor = Number(digits) >= 8 ? 8 : Number(digits) === 7 ? 7 : 3;
  return minor === 3
    ? { took: 12, to: { minor, phase: "init" }, replies: [bytesOf(u32(1))] }
    : { took: 12, to: { minor, phase: "security" }, replies: [bytesOf([1, 1])] };
}

/** Bytes: tempest reads no frame of 126 or more, and 24 go before the name. */
const longestName = 90;

function serverInit(name: string): Uint8Array {
  const desktop = new Uint8Array(longestName);
  const { written } = new TextEncoder().encodeInto(name, desktop);
  const { bits, depth, max, shift } = usualFormat;
  const format = [bits, depth, 0, 1, ...max.flatMap(u16), ...shift, 0, 0, 0];
  const size = [...u16(width), ...u16(height)];
  return bytesOf([...size, ...format, ...u32(written), ...desktop.subarray(0, written)]);
}

interface Message {
  /** Bytes that are needed to know how long it is; all of most. */
  readonly least: number;
  step(rfb: Rfb, view: DataView): Step | null;
}

const mostEncodings = 256;

const messages: Readonly<Record<number, Message>> = {
  0: { least: 20, step: (_, view) => ({ took: 20, to: { format: formatIn(view) } }) },
  2: { least: 4, step: setEncodings },
  3: {
    least: 10,
    step: (rfb, view) => ({ took: 10, to: { wants: asked(rfb, view.getUint8(1) !== 0) } }),
  },
  4: {
    least: 8,
    step: (rfb, view) => ({ took: 8, ...pressing(rfb, view.getUint32(4), view.getUint8(1) !== 0) }),
  },
  // where the pointer is, nobody asks
  5: { least: 6, step: () => ({ took: 6 }) },
  // a viewer's clipboard is not typed: some send it whenever it changes
  6: { least: 8, step: (_, view) => ({ took: 8, to: { unwanted: Math.abs(view.getInt32(4)) } }) },
  [continuous.message]: { least: 10, step: enableUpdates },
  [xvp.message]: {
    least: 4,
    step: (_, view) => ({ took: 4, power: powers[view.getUint8(3)] ?? null }),
  },
};

const powers: Readonly<Record<number, Power>> = { 2: "shutdown", 3: "reboot", 4: "reset" };

const asked = ({ wants }: Rfb, incremental: boolean): Rfb["wants"] =>
  incremental && wants !== "everything" ? "changes" : "everything";

function formatIn(view: DataView): PixelFormat {
  const [bits, depth, bigEndian, trueColor] = [4, 5, 6, 7].map((at) => view.getUint8(at));
  if ((bits !== 8 && bits !== 16 && bits !== 32) || !trueColor)
    throw malformed("The pixel format is not supported.");
  return {
    bits,
    depth: depth ?? bits,
    bigEndian: bigEndian !== 0,
    max: [view.getUint16(8), view.getUint16(10), view.getUint16(12)],
    shift: [view.getUint8(14), view.getUint8(15), view.getUint8(16)],
  };
}

function setEncodings(rfb: Rfb, view: DataView): Step | null {
  const count = view.getUint16(2);
  if (count > mostEncodings) throw malformed("There are too many encodings.");
  const took = 4 + 4 * count;
  if (view.byteLength < took) return null;
  const known = Array.from({ length: count }, (_, i) => view.getInt32(4 + 4 * i));
  const offersXvp = !rfb.xvp && known.includes(xvp.encoding);
  const offers = rfb.continuous === "no" && known.includes(continuous.encoding);
  return {
    took,
    to: {
      tight: known.includes(encodings.tight),
      copyRect: known.includes(encodings.copyRect),
      ...(offersXvp && { xvp: true }),
      ...(offers && { continuous: "offered" }),
    },
    replies: [
      ...(offersXvp ? [bytesOf([xvp.message, 0, xvp.version, xvp.init])] : []),
      ...(offers ? [bytesOf([continuous.message])] : []),
    ],
  };
}

/** When they are switched off, the viewer is told that the last has gone out, save what it asked for. */
function enableUpdates(rfb: Rfb, view: DataView): Step {
  if (view.getUint8(1) !== 0)
    return { took: 10, to: { continuous: "on", wants: asked(rfb, true) } };
  return {
    took: 10,
    to: { continuous: "offered", wants: rfb.wants === "everything" ? "everything" : "nothing" },
    replies: [bytesOf([continuous.message])],
  };
}
