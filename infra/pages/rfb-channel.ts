import type { Channel } from "@novnc/novnc";
import { type ExchangeClient, type ExchangeOptions, openExchange } from "./exchange.ts";
import { isWorthSending } from "./rfb-messages.ts";

/**
 * noVNC over an exchange: what it calls a raw channel. All of it has to be the object's own
 * (facts/consoles.md §2).
 */
export function createRfbChannel(
  options: Pick<ExchangeOptions, "url" | "token" | "ended" | "stalled">,
): Channel & { readonly exchange: ExchangeClient } {
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
      markClosed();
    },
    exchange: openExchange({
      ...options,
      onReceived: ({ buffer }) => channel.onmessage?.({ data: buffer }),
      onEnded(status) {
        options.onEnded(status);
        markClosed();
      },
    }),
  };
  const markClosed = () => {
    if (channel.readyState === "closed") return;
    channel.readyState = "closed";
    // noVNC is not to hear of it while it closes
    queueMicrotask(() => channel.onclose?.({ code: 1000 }));
  };
  return channel;
}
