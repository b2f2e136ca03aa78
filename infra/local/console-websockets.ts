import type { WebSocket, WebSocketServer } from "ws";
import type { ByteStream } from "./console-pipe.ts";

/** Bytes of a message that a viewer may send at once. */
const maxMessageBytes = 128 * 1024;

/** Milliseconds that a viewer has to say goodbye too. */
const closeTimeoutMs = 1_000;

/** Milliseconds between pings; one that has not answered when the next is due is gone. */
const pingIntervalMs = 30_000;

let serverPromise: Promise<WebSocketServer> | undefined;

/** Loaded when the first viewer comes: most who start a cloud never open a console. */
export function loadWebSocketServer(): Promise<WebSocketServer> {
  serverPromise ??= import("ws").then(
    ({ WebSocketServer }) =>
      new WebSocketServer({
        noServer: true,
        maxPayload: maxMessageBytes,
        handleProtocols: (offered) => (offered.has("binary") ? "binary" : false),
      }),
  );
  return serverPromise;
}

/** A viewer's, of text for a terminal and of bytes for RFB. */
export function toWebSocketStream(ws: WebSocket, isText: boolean): ByteStream {
  let isAlive = true;
  const pings = setInterval(() => {
    if (!isAlive) return ws.terminate();
    isAlive = false;
    ws.ping();
  }, pingIntervalMs).unref();
  ws.on("pong", () => {
    isAlive = true;
  });
  ws.on("error", () => ws.terminate());
  ws.on("close", () => clearInterval(pings));
  return {
    send: (bytes) => ws.send(isText ? Buffer.from(bytes).toString() : bytes),
    close() {
      ws.close();
      setTimeout(() => ws.terminate(), closeTimeoutMs).unref();
    },
    bufferedBytes: () => ws.bufferedAmount,
    pause: () => ws.pause(),
    resume: () => ws.resume(),
  };
}
