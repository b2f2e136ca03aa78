import type { Channel } from "@novnc/novnc";
import { type Exchange, type Exchanging, exchange } from "./exchange.ts";

/**
 * noVNC over an exchange: what it calls a raw channel. All of it has to be the object's own
 * (facts/consoles.md §2).
 */
export function rfbChannel(
  how: Pick<Exchanging, "url" | "token" | "ended" | "stalled">,
): Channel & { readonly exchange: Exchange } {
  const channel = {
    binaryType: "arraybuffer",
    protocol: "",
    readyState: "open",
    onopen: null,
    onmessage: null as Channel["onmessage"],
    onclose: null as Channel["onclose"],
    onerror: null,
    send(bytes: Uint8Array) {
      if (isWorthSending(bytes)) channel.exchange.send(bytes);
    },
    close() {
      channel.exchange.close();
      shut();
    },
    exchange: exchange({
      ...how,
      received: ({ buffer }) => channel.onmessage?.({ data: buffer }),
      ended(status) {
        how.ended(status);
        shut();
      },
    }),
  };
  const shut = () => {
    if (channel.readyState === "closed") return;
    channel.readyState = "closed";
    // noVNC is not to hear of it while it closes
    queueMicrotask(() => channel.onclose?.({ code: 1000 }));
  };
  return channel;
}

const [pointerEvent, keyEvent] = [5, 4];

/** The keysyms from here on are of keys that others are held with. */
const firstModifier = 0xfe00;

/** Where the pointer is nobody asks, nor when an ordinary key comes up: a request each, for nothing. */
export function isWorthSending(bytes: Uint8Array): boolean {
  if (bytes[0] === pointerEvent && bytes.length === 6) return false;
  if (bytes[0] !== keyEvent || bytes.length !== 8) return true;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return view.getUint8(1) !== 0 || view.getUint32(4) >= firstModifier;
}
