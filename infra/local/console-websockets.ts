import type { WebSocket, WebSocketServer } from "ws";
import type { ByteStream } from "./byte-stream.ts";

/** Bytes of one message from a viewer. */
const maxMessageBytes = 128 * 1024;

/** Milliseconds for a closing handshake. */
const closeTimeoutMs = 1_000;

/** Milliseconds between pings; a viewer that has not answered by the next one is disconnected. */
const pingIntervalMs = 30_000;

let serverPromise: Promise<WebSocketServer> | undefined;

/** Loaded for the first viewer: most clouds never open a console. */
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

/** A WebSocket: text for terminals, bytes for RFB. */
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
