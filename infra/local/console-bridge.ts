import { createServer, type Server, type Socket } from "node:net";
import { joined } from "../../lambdas/console/model/bytes.ts";
import { greeted } from "../../lambdas/console/model/rfb-connection.ts";
import { message } from "../../lambdas/console/model/rfb-messages.ts";
import type { Rfb } from "../../lambdas/console/model/rfb-state.ts";
import { type Exchanging, exchange } from "../pages/exchange.ts";

/** What a viewer is told of a console's end, by the status that the exchange ended with. */
const endings: Readonly<Record<number, string>> = {
  401: "The console has ended: its server is gone, or its consoles were revoked.",
  409: "The console has as many viewers as it takes.",
};

/**
 * A VNC port for viewers that know nothing of exchanges. Each viewer that connects is given a console of
 * its own; `say` is told in a line why one is turned away.
 */
export function consoleBridge(
  open: () => Promise<Pick<Exchanging, "url" | "token">>,
  say: (line: string) => void,
  how: Pick<Exchanging, "fetch" | "pace"> = {},
): Server {
  return createServer({ noDelay: true }, async (socket) => {
    socket.on("error", () => socket.destroy());
    try {
      carry(socket, { ...how, ...(await open()) }, say);
    } catch (cause) {
      say(cause instanceof Error ? cause.message : String(cause));
      socket.destroy();
    }
  });
}

function carry(
  socket: Socket,
  to: Omit<Exchanging, "received" | "ended">,
  say: (line: string) => void,
): void {
  if (socket.destroyed) return;
  const link = exchange({
    ...to,
    received(bytes) {
      // a slow reader is not asked for
      if (!socket.write(bytes)) link.rest(true);
    },
    ended(status) {
      say(endings[status] ?? `The console has ended (HTTP ${status}).`);
      socket.end();
    },
    stalled: (isStalled) => (isStalled ? socket.pause() : socket.resume()),
  });
  let said: Said = { rfb: greeted, unread: new Uint8Array(), telling: new Uint8Array() };
  socket.on("drain", () => link.rest(false));
  socket.on("close", () => link.close());
  socket.on("data", (bytes: Buffer) => {
    try {
      said = telling(said, bytes);
      if (said.telling.length > 0) link.send(said.telling);
    } catch {
      say("What connected is no VNC viewer.");
      socket.destroy();
    }
  });
}

interface Said {
  readonly rfb: Rfb;
  /** The beginning of a message whose end is still to come. */
  readonly unread: Uint8Array;
  /** What is worth a request. */
  readonly telling: Uint8Array;
}

/**
 * Of what a viewer says, the messages that come to anything. Where the pointer is, that a key has come
 * up, and what the clipboard holds would be a request each, for nothing. Throws where it is no RFB.
 */
export function telling(said: Pick<Said, "rfb" | "unread">, bytes: Uint8Array): Said {
  const input = joined([said.unread, bytes]);
  const worth: Uint8Array[] = [];
  let { rfb } = said;
  let at = 0;
  while (at < input.length) {
    const skipped = Math.min(rfb.unwanted, input.length - at);
    at += skipped;
    rfb = { ...rfb, unwanted: rfb.unwanted - skipped };
    const step = at < input.length ? message(rfb, new DataView(input.buffer, at), "") : null;
    if (!step) break;
    const { took, to, replies, key, power } = step;
    if ((to && !to.unwanted) || replies || key || power) worth.push(input.slice(at, at + took));
    rfb = { ...rfb, ...to };
    at += took;
  }
  return { rfb, unread: input.slice(at), telling: joined(worth) };
}
