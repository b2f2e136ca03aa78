import type { Channel } from "@novnc/novnc";
import { type ExchangeClient, type ExchangeOptions, openExchange } from "./exchange-client.ts";
import { isWorthSending } from "./rfb-messages.ts";

/** An exchange as noVNC's raw channel. noVNC requires own properties. */
export function createRfbChannel(
  options: Pick<ExchangeOptions, "url" | "token" | "onEnded" | "onStalled">,
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
    // noVNC must not receive events while it closes
    queueMicrotask(() => channel.onclose?.({ code: 1000 }));
  };
  return channel;
}
