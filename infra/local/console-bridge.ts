import { createServer, type Server, type Socket } from "node:net";
import { concatBytes } from "../../lambdas/console/model/bytes.ts";
import { newRfbConnection } from "../../lambdas/console/model/rfb-connection.ts";
import { readMessage } from "../../lambdas/console/model/rfb-messages.ts";
import type { RfbConnection } from "../../lambdas/console/model/rfb-state.ts";
import { type ExchangeOptions, openExchange } from "../pages/exchange-client.ts";

/** The message for a viewer after the exchange ended with a status. */
const endMessages: Readonly<Record<number, string>> = {
  401: "The console has ended: its server is gone, or its consoles were revoked.",
  409: "The console has as many viewers as it takes.",
};

/**
 * A VNC port for viewers that do not know exchanges. Each connection gets a console of its own;
 * `print` receives the reason of a refusal.
 */
export function createConsoleBridge(
  open: () => Promise<Pick<ExchangeOptions, "url" | "token">>,
  print: (line: string) => void,
  options: Pick<ExchangeOptions, "fetch" | "timing"> = {},
): Server {
  return createServer({ noDelay: true }, async (socket) => {
    socket.on("error", () => socket.destroy());
    try {
      relay(socket, { ...options, ...(await open()) }, print);
    } catch (cause) {
      print(cause instanceof Error ? cause.message : String(cause));
      socket.destroy();
    }
  });
}

function relay(
  socket: Socket,
  options: Omit<ExchangeOptions, "onReceived" | "onEnded">,
  print: (line: string) => void,
): void {
  if (socket.destroyed) return;
  const link = openExchange({
    ...options,
    onReceived(bytes) {
      // pauses reading while the viewer is slow
      if (!socket.write(bytes)) link.setIdle(true);
    },
    onEnded(status) {
      print(endMessages[status] ?? `The console has ended (HTTP ${status}).`);
      socket.end();
    },
    onStalled: (isStalled) => (isStalled ? socket.pause() : socket.resume()),
  });
  let input: ViewerInput = {
    rfb: newRfbConnection,
    incomplete: new Uint8Array(),
    forwarded: new Uint8Array(),
  };
  socket.on("drain", () => link.setIdle(false));
  socket.on("close", () => link.close());
  socket.on("data", (bytes: Buffer) => {
    try {
      input = filterInput(input, bytes);
      if (input.forwarded.length > 0) link.send(input.forwarded);
    } catch {
      print("What connected is no VNC viewer.");
      socket.destroy();
    }
  });
}

interface ViewerInput {
  readonly rfb: RfbConnection;
  /** The incomplete message at the end of the input. */
  readonly incomplete: Uint8Array;
  /** Messages worth a request. */
  readonly forwarded: Uint8Array;
}

/**
 * Drops messages without effect: pointer moves, key releases and the clipboard would each cost a
 * request. Throws where the input is not RFB.
 */
export function filterInput(
  previous: Pick<ViewerInput, "rfb" | "incomplete">,
  bytes: Uint8Array,
): ViewerInput {
  const input = concatBytes([previous.incomplete, bytes]);
  const forwarded: Uint8Array[] = [];
  let { rfb } = previous;
  let at = 0;
  while (at < input.length) {
    const skipped = Math.min(rfb.unwanted, input.length - at);
    at += skipped;
    rfb = { ...rfb, unwanted: rfb.unwanted - skipped };
    const step = at < input.length ? readMessage(rfb, new DataView(input.buffer, at), "") : null;
    if (!step) break;
    const { consumedBytes, changes, replies, key, power } = step;
    if ((changes && !changes.unwanted) || replies || key || power)
      forwarded.push(input.slice(at, at + consumedBytes));
    rfb = { ...rfb, ...changes };
    at += consumedBytes;
  }
  return { rfb, incomplete: input.slice(at), forwarded: concatBytes(forwarded) };
}
