import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import type { ConsoleGrant } from "../../lambdas/compute/model/console-grant.ts";
import { getGrant, tokenFromQuery } from "../../lambdas/console/check-grant.ts";
import { Fault } from "../../lambdas/core/fault.ts";
import type { ConsoleSettings, Environment } from "../../lambdas/http/environment.ts";
import type { ByteStream } from "./byte-stream.ts";
import { loadWebSocketServer, toWebSocketStream } from "./console-websockets.ts";
import { createSessionNotifier } from "./session-notifier.ts";

/** Milliseconds between keep-alives of an idle connection. */
const keepAliveMs = 30_000;

/** Milliseconds that a viewer has to read why it was refused. */
const refusalLingerMs = 2_000;

const refusalStatusLines = {
  // texts of Nova's former XVP proxy, removed before the pinned release
  noToken: "400 Invalid Request",
  badToken: "401 Not Authorized",
  forbidden: "403 Forbidden",
  full: "409 Conflict",
  unavailable: "503 Service Unavailable",
} as const;

/**
 * Consoles on the API's port: WebSockets for noVNC and terminals, and CONNECT for the viewers of
 * the documents. The connections belong to the HTTP server.
 */
export function attachConsoleUpgrades(server: Server, environment: Environment): { look(): void } {
  const notifier = createSessionNotifier(environment);

  type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => Promise<void>;
  const listener =
    (handler: UpgradeHandler) => (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      // a refused viewer may reset its connection, and an unhandled error would end the process
      socket.on("error", () => socket.destroy());
      request.socket.setKeepAlive(true, keepAliveMs);
      handler(request, socket, head).catch((cause) => {
        console.error(cause);
        refuseUpgrade(socket, "unavailable");
      });
    };

  /** Opens a token; returns the grant or the refusal. */
  async function findConsole(
    query: URLSearchParams,
    isExpectedType: (type: ConsoleGrant["type"]) => boolean,
  ) {
    try {
      const findConsole = await getGrant(
        tokenFromQuery(query),
        environment.backend(),
        environment.now(),
      );
      if (!isExpectedType(findConsole.grant.type)) return "badToken";
      return notifier.hasRoom(findConsole.server) ? findConsole : "full";
    } catch (cause) {
      if (!(cause instanceof Fault)) throw cause;
      return cause.refusal.kind === "unauthenticated" ? "badToken" : "unavailable";
    }
  }

  async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer) {
    if (!isOwnOrigin(request, environment.settings.consoles))
      return refuseUpgrade(socket, "forbidden");
    const sockets = await loadWebSocketServer();
    const admission = await findConsole(parseQuery(request.url), () => true);
    if (typeof admission === "string")
      return refuseUpgrade(socket, admission === "badToken" ? "forbidden" : admission);
    const { grant, server } = admission;
    sockets.handleUpgrade(request, socket, head, (ws) => {
      const isText = grant.type === "serial";
      const connection = notifier.attach(grant, server, toWebSocketStream(ws, isText));
      ws.on("message", (data: Buffer, isBinary) => {
        if (isText || isBinary) connection.receive(data);
        else ws.close(1003);
      });
      ws.on("close", () => connection.close());
      socket.on("drain", () => connection.onDrain());
    });
  }

  async function connect(request: IncomingMessage, socket: Duplex, head: Buffer) {
    // a viewer with a proxy asks for host:port; the host is the token
    const proxied = /^([0-9a-f-]{36}):\d+$/i.exec(request.url ?? "")?.[1];
    const query = proxied ? new URLSearchParams({ token: proxied }) : parseQuery(request.url);
    if (tokenFromQuery(query) === "") return refuseUpgrade(socket, "noToken");
    const admission = await findConsole(query, (type) => type !== "serial");
    if (typeof admission === "string") return refuseUpgrade(socket, admission);
    // it may have disconnected meanwhile, without another event
    if (socket.destroyed) return;
    // the xvp viewer expects HTTP 1.1, TightVNC's 1.0
    socket.write(`HTTP/${proxied ? "1.0" : "1.1"} 200 OK\r\n\r\n`);
    const connection = notifier.attach(admission.grant, admission.server, toByteStream(socket));
    if (head.length > 0) connection.receive(head);
    socket.on("data", (bytes: Buffer) => connection.receive(bytes));
    socket.on("drain", () => connection.onDrain());
    // HTTP sockets stay writable after the other end closed
    socket.on("end", () => socket.destroy());
    socket.on("close", () => connection.close());
  }

  server.on("upgrade", listener(upgrade));
  server.on("connect", listener(connect));

  // the HTTP server waits for connections and does not track upgraded ones
  const close = server.close.bind(server);
  server.close = (done) => {
    notifier.close();
    return close(done);
  };
  return notifier;
}

const toByteStream = (socket: Duplex): ByteStream => ({
  send: (bytes) => socket.write(bytes),
  close: () => socket.destroy(),
  bufferedBytes: () => socket.writableLength,
  pause: () => socket.pause(),
  resume: () => socket.resume(),
});

/** Other protocols, which Java's client offers, are answered in HTTP/1.1. */
export const isWebSocketUpgrade = ({ headers }: IncomingMessage): boolean =>
  headers.upgrade?.toLowerCase() === "websocket";

const parseQuery = (url = "/"): URLSearchParams =>
  new URLSearchParams(url.split("?").slice(1).join("?"));

/**
 * Refuses pages of other origins (CVE-2015-0259): allowed are the request's own host and port, and
 * the console base. Clients without an Origin header are no browsers.
 */
function isOwnOrigin(
  { headers: { origin, host } }: IncomingMessage,
  consoles: ConsoleSettings,
): boolean {
  if (origin === undefined) return true;
  if (!/^https?:/.test(origin) || !URL.canParse(origin)) return false;
  const { protocol, host: originHost } = new URL(origin);
  const own = [
    `${protocol}//${host}`,
    ...(consoles.origin ? [consoles.origin] : []),
    ...Object.values(consoles.bases),
  ];
  return own.some((base) => URL.canParse(base) && new URL(base).host === originHost);
}

/** Without a body: viewers read bytes after the headers as frames. */
function refuseUpgrade(socket: Duplex, refusal: keyof typeof refusalStatusLines): void {
  socket.end(
    `HTTP/1.1 ${refusalStatusLines[refusal]}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
  );
  // read to the end, or the connection may be reset before the response arrives
  socket.resume();
  socket.on("end", () => socket.destroy());
  const late = setTimeout(() => socket.destroy(), refusalLingerMs);
  socket.on("close", () => clearTimeout(late));
}
