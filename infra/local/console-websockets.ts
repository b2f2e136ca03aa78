import type { WebSocket, WebSocketServer } from "ws";
import type { Pipe } from "./console-pipe.ts";

/** Bytes of a message that a viewer may send at once. */
const largestMessage = 128 * 1024;

/** Milliseconds that a viewer has to say goodbye too. */
const farewellTakes = 1_000;

/** Milliseconds between pings; one that has not answered when the next is due is gone. */
const pingEvery = 30_000;

let made: Promise<WebSocketServer> | undefined;

/** Loaded when the first viewer comes: most who start a cloud never open a console. */
export function webSockets(): Promise<WebSocketServer> {
  made ??= import("ws").then(
    ({ WebSocketServer }) =>
      new WebSocketServer({
        noServer: true,
        maxPayload: largestMessage,
        handleProtocols: (offered) => (offered.has("binary") ? "binary" : false),
      }),
  );
  return made;
}

/** A viewer's, of text for a terminal and of bytes for RFB. */
export function webSocketPipe(ws: WebSocket, isText: boolean): Pipe {
  let isAlive = true;
  const pings = setInterval(() => {
    if (!isAlive) return ws.terminate();
    isAlive = false;
    ws.ping();
  }, pingEvery).unref();
  ws.on("pong", () => {
    isAlive = true;
  });
  ws.on("error", () => ws.terminate());
  ws.on("close", () => clearInterval(pings));
  return {
    send: (bytes) => ws.send(isText ? Buffer.from(bytes).toString() : bytes),
    close() {
      ws.close();
      setTimeout(() => ws.terminate(), farewellTakes).unref();
    },
    waiting: () => ws.bufferedAmount,
    pause: () => ws.pause(),
    resume: () => ws.resume(),
  };
}
