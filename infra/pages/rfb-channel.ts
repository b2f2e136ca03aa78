import type { Channel } from "@novnc/novnc";
import { type Exchange, type Exchanging, exchange } from "./exchange.ts";
import { isWorthSending } from "./rfb-messages.ts";

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
