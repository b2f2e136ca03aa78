import { createHash } from "node:crypto";
import type { ConsoleGrant } from "../compute/model/console-grant.ts";
import type { Requester } from "../compute/model/instance-action.ts";
import { isOnHost } from "../compute/model/lifecycle.ts";
import type { Server } from "../compute/model/server.ts";
import { badRequest, Fault, isNotFound, notFound } from "../core/fault.ts";
import type { Instant } from "../core/instant.ts";
import { isUuid } from "../core/uuid.ts";
import { operation } from "../http/operation.ts";
import type { Backend } from "../ports/backend.ts";
import { bearerFromHeaders, getGrant } from "./check-grant.ts";
import { deflate } from "./deflate.ts";
import {
  type ConsoleSession,
  connectViewer,
  type ExchangeResult,
  exchangeMessage,
  newConsoleSession,
  refusePower,
  type ViewerMessage,
} from "./model/console-session.ts";
import { pressPowerButton } from "./repositories/press-power.ts";
import { formatSessionToken, parseSessionToken, type SessionToken } from "./session-token.ts";

/** A noVNC message has some ten bytes, a paste hundreds. */
const maxExchangeBytes = 65_536;

const maxSaveAttempts = 10;

/**
 * A console over idempotent requests instead of a WebSocket. The first authenticates with the console
 * token, the others with a session token: an open console outlives its token, as Nova's do, until the
 * server's epoch changes. A key press costs one BatchGetItem and one PutItem, an idle poll the read alone.
 */
export const exchangeConsole = operation({
  id: "console/exchange-console",
  service: "root",
  route: "POST /console/exchange",
  function: "own",
  access: "public",
  dynamoCalls: ["BatchGetItem", "GetItem", "PutItem", "UpdateItem"],
  answer: "consoleExchange",
  raw: true,
  async run({ headers, requestId, bytes, now }, environment) {
    const backend = environment.backend();
    const credential = bearerFromHeaders(headers) ?? "";
    const sent = bytes();
    if (sent.length > maxExchangeBytes)
      throw new Fault({ kind: "too-large", limit: maxExchangeBytes });
    const number = parseNumberHeader(headers["x-console-message"]);
    const seen = parseNumberHeader(headers["x-console-seen"]);

    const grant = isUuid(credential) ? (await getGrant(credential, backend, now)).grant : null;
    const sessionToken = grant
      ? openSession(grant, headers["x-console-viewer"])
      : parseSessionToken(credential);
    if (!sessionToken) throw new Fault({ kind: "unauthenticated" });
    const viewerId = createHash("sha256")
      .update(sessionToken.viewer)
      .digest("base64url")
      .slice(0, 16);
    const message: ViewerMessage = { viewerId, number, seen, bytes: sent };
    const answer = await exchangeUntilSaved(backend, sessionToken, message, grant, {
      requestId,
      now,
    });
    return { ...answer, session: grant && formatSessionToken(sessionToken) };
  },
});

/** The viewer chooses its secret id, so that a repeated first request finds the same session. */
function openSession({ project, server }: ConsoleGrant, viewer = ""): SessionToken {
  if (!isUuid(viewer)) throw badRequest(`X-Console-Viewer must be a UUID, got "${viewer}".`);
  return { project, server, viewer };
}

const parseNumberHeader = (text = "0"): number => {
  if (!/^\d{1,15}$/.test(text))
    throw badRequest(`X-Console-Message and X-Console-Seen must be numbers, got "${text}".`);
  return Number(text);
};

async function exchangeUntilSaved(
  { consoleSessions, servers }: Backend,
  sessionToken: SessionToken,
  message: ViewerMessage,
  grant: ConsoleGrant | null,
  { requestId, now }: { readonly requestId: string; readonly now: Instant },
) {
  let isPressed: boolean | null = null;
  for (let attempt = 0; attempt < maxSaveAttempts; attempt++) {
    const { server, stored } = await resumeSession(consoleSessions, sessionToken, now);
    const found = stored ?? newConsoleSession(server, now);
    const { session, version } = grant ? connectViewer(found, message.viewerId, grant, now) : found;
    let result = exchangeMessage({ session, version }, server, message, now, deflate);
    if (result.power) {
      // once for all attempts
      isPressed ??= await pressPowerButton(
        servers,
        server,
        result.power,
        now,
        requesterOf(session, message, server),
      );
      if (!isPressed) result = refusePower(result, message.viewerId);
    }
    const next = result.session ?? (session === found.session ? null : session);
    if (!next) return toAnswer(result, version);
    if (result.lineToLog) await consoleSessions.addLogLine(server.id, result.lineToLog, now);
    if (await consoleSessions.save(server.id, { session: next, version: version + 1 }, stored, now))
      return toAnswer(result, version + 1);
  }
  throw new Fault({ kind: "raced" });

  function toAnswer({ reply, isUpToDate }: ExchangeResult, version: number) {
    return { shownVersion: isUpToDate ? version : message.seen, bytes: reply };
  }

  function requesterOf(
    session: ConsoleSession,
    { viewerId }: ViewerMessage,
    { project }: Server,
  ): Requester {
    const { user = "", overLock: canOverrideLock = false } = session.seats[viewerId]?.grant ?? {};
    return { request: requestId, user, project, canOverrideLock };
  }
}

/** Throws `unauthenticated` if the server is deleted or not on a host. */
async function resumeSession(
  consoleSessions: Backend["consoleSessions"],
  { project, server }: SessionToken,
  now: Instant,
) {
  try {
    const found = await consoleSessions.getWithServer(project, server, now);
    if (isOnHost(found.server, now)) return found;
    throw notFound("server", server);
  } catch (cause) {
    if (isNotFound(cause, "server")) throw new Fault({ kind: "unauthenticated" }, { cause });
    throw cause;
  }
}
