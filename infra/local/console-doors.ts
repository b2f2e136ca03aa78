import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { admitted, tokenIn } from "../../lambdas/consoles/admission.ts";
import type { World } from "../../lambdas/http/world.ts";
import { type Attached, type ConsoleHub, consoleHub, type Pipe } from "./console-hub.ts";

/** Bytes of a message that a viewer may send at once. */
const largestMessage = 128 * 1024;

/** Bytes that wait for a slow reader before it gets no more pictures. */
const patience = 1024 * 1024;

/**
 * Consoles on the API's own port, beside their page: WebSockets for noVNC and terminals, and CONNECT for
 * the viewers that the documents tell of (facts/consoles.md §1, §5).
 */
export function openConsoleDoors(server: Server, world: World): ConsoleHub {
  const hub = consoleHub(world);
  /** What the token of an address opens; null where it opens nothing. */
  const grantIn = (query: URLSearchParams) =>
    admitted(tokenIn(query), world.backend(), world.now()).catch(() => null);

  server.on("upgrade", async (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // a viewer that is refused may reset its connection, which nobody else listens for
    socket.on("error", () => socket.destroy());
    if (!isSameOrigin(request)) return refuse(socket, "403 Forbidden");
    const found = await grantIn(queryOf(request.url));
    if (!found) return refuse(socket, "403 Forbidden");
    const sockets = await webSockets();
    sockets.handleUpgrade(request, socket, head, (ws) => {
      const isText = found.grant.type === "serial";
      let attached: Attached | null = null;
      ws.on("error", () => ws.terminate());
      ws.on("message", (data: Buffer, isBinary) => {
        if (isText || isBinary) attached?.hear(data);
        else ws.close(1003);
      });
      ws.on("close", () => attached?.leave());
      const pipe: Pipe = {
        send: (bytes) =>
          ws.send(isText ? Buffer.from(bytes).toString() : bytes, () => attached?.drained()),
        close: () => ws.close(),
        isFull: () => ws.bufferedAmount > patience,
      };
      attached = hub.attach(found.grant, found.server, pipe);
      if (!attached) ws.close();
    });
  });

  server.on("connect", async (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", () => socket.destroy());
    // a viewer with a proxy asks for host:port, and its host is the token
    const proxied = /^([0-9a-f-]{36}):\d+$/i.exec(request.url ?? "")?.[1];
    const query = proxied ? new URLSearchParams({ token: proxied }) : queryOf(request.url);
    if (tokenIn(query) === "") return refuse(socket, "400 Invalid Request");
    const found = await grantIn(query);
    if (!found || found.grant.type === "serial") return refuse(socket, "401 Not Authorized");
    // the xvp viewer wants 1.1, TightVNC's 1.0 (facts/consoles.md §1)
    socket.write(`HTTP/${proxied ? "1.0" : "1.1"} 200 OK\r\n\r\n`);
    let attached: Attached | null = null;
    const pipe: Pipe = {
      send: (bytes) => socket.write(bytes),
      close: () => socket.destroy(),
      isFull: () => socket.writableLength > patience,
    };
    attached = hub.attach(found.grant, found.server, pipe);
    if (!attached) return socket.destroy();
    if (head.length > 0) attached.hear(head);
    socket.on("data", (bytes: Buffer) => attached.hear(bytes));
    socket.on("drain", () => attached.drained());
    socket.on("close", () => attached.leave());
  });

  server.on("close", () => hub.close());
  return hub;
}

/** Loaded when the first viewer comes: most who start a cloud never open a console. */
const webSockets = once(async () => {
  const { WebSocketServer } = await import("ws");
  return new WebSocketServer({
    noServer: true,
    maxPayload: largestMessage,
    handleProtocols: (offered) => (offered.has("binary") ? "binary" : false),
  });
});

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

const queryOf = (url = "/"): URLSearchParams =>
  new URLSearchParams(url.split("?").slice(1).join("?"));

/** Nobody's page but our own may look on with a token it has come by (CVE-2015-0259). */
function isSameOrigin({ headers }: IncomingMessage): boolean {
  const { origin, host } = headers;
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
}

/** Without a body: clients take what follows the headers for frames (facts/consoles.md §3). */
const refuse = (socket: Duplex, line: string): void => {
  socket.end(`HTTP/1.1 ${line}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
};
