import { createHash } from "node:crypto";
import type { ConsoleGrant } from "../compute/model/console-grant.ts";
import type { Requester } from "../compute/model/instance-action.ts";
import { placed } from "../compute/model/lifecycle.ts";
import type { Server } from "../compute/model/server.ts";
import { Fault, isNoSuch, malformed, noSuch } from "../core/fault.ts";
import type { Instant } from "../core/instant.ts";
import { isUuid } from "../core/uuid.ts";
import { operation } from "../http/operation.ts";
import type { Backend } from "../ports/backend.ts";
import { admitted, bearerIn } from "./check-grant.ts";
import { deflate } from "./deflate.ts";
import {
  type Exchanged,
  emptyRoom,
  exchanged,
  type Message,
  type Room,
  seated,
  unpowered,
} from "./model/console-session.ts";
import { pressPower } from "./repositories/press-power.ts";
import { type Session, sessionIn, sessionText } from "./session-token.ts";

/** Bytes of a message: noVNC's are of some ten, and a paste is of hundreds. */
const largestMessage = 65_536;

/** How often a room is tried to be kept while others change it. */
const tries = 10;

/**
 * A console without a connection (facts/consoles.md §2, B). Each request brings what the viewer has to
 * say and takes what it has not seen. The first shows the console's token, which is asked for then and
 * not again: an open console outlives its token, as Nova's do, until the server's epoch ends it. All
 * others show the session they were given. A request that is sent again does nothing twice.
 *
 * A key is one BatchGetItem and one PutItem; a look at what has not changed is the first alone.
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
  async run({ headers, requestId, bytes, now }, world) {
    const backend = world.backend();
    const credential = bearerIn(headers) ?? "";
    const sent = bytes();
    if (sent.length > largestMessage) throw new Fault({ kind: "too-large", limit: largestMessage });
    const number = numberIn(headers["x-console-message"]);
    const seen = numberIn(headers["x-console-seen"]);

    const grant = isUuid(credential) ? (await admitted(credential, backend, now)).grant : null;
    const session = grant ? opening(grant, headers["x-console-viewer"]) : sessionIn(credential);
    if (!session) throw new Fault({ kind: "unauthenticated" });
    const seat = createHash("sha256").update(session.viewer).digest("base64url").slice(0, 16);
    const message: Message = { seat, number, seen, bytes: sent };
    const answer = await exchange(backend, session, message, grant, { requestId, now });
    return { ...answer, session: grant && sessionText(session) };
  },
});

/** The viewer calls itself by a secret of its own, so that its first request too can be sent again. */
function opening({ project, server }: ConsoleGrant, viewer = ""): Session {
  if (!isUuid(viewer)) throw malformed("X-Console-Viewer is to be a UUID.");
  return { project, server, viewer };
}

const numberIn = (text = "0"): number => {
  if (!/^\d{1,15}$/.test(text)) throw malformed("X-Console-Message and -Seen are numbers.");
  return Number(text);
};

async function exchange(
  { rooms, servers }: Backend,
  session: Session,
  message: Message,
  grant: ConsoleGrant | null,
  { requestId, now }: { readonly requestId: string; readonly now: Instant },
) {
  let pressed: boolean | null = null;
  for (let tried = 0; tried < tries; tried++) {
    const { server, kept } = await entered(rooms, session, now);
    const found = kept ?? emptyRoom(server, now);
    const { room, version } = grant ? seated(found, message.seat, grant, now) : found;
    let result = exchanged({ room, version }, server, message, now, deflate);
    if (result.power) {
      // once, however often the room is tried to be kept
      pressed ??= await pressPower(servers, server, result.power, now, by(room, message, server));
      if (!pressed) result = unpowered(result, message.seat);
    }
    const next = result.room ?? (room === found.room ? null : room);
    if (!next) return told(result, version);
    if (result.due) await rooms.log(server.id, result.due, now);
    if (await rooms.keep(server.id, { room: next, version: version + 1 }, kept, now))
      return told(result, version + 1);
  }
  throw new Fault({ kind: "raced" });

  function told({ reply, sees }: Exchanged, version: number) {
    return { seen: sees ? version : message.seen, bytes: reply };
  }

  function by(room: Room, { seat }: Message, { project }: Server): Requester {
    const { user = "", overLock = false } = room.seats[seat]?.grant ?? {};
    return { request: requestId, user, project, overLock };
  }
}

/** A session of a server that is gone, or has left its host, is like one that never was. */
async function entered(rooms: Backend["rooms"], { project, server }: Session, now: Instant) {
  try {
    const found = await rooms.enter(project, server, now);
    if (placed(found.server, now)) return found;
    throw noSuch("server", server);
  } catch (cause) {
    if (isNoSuch(cause, "server")) throw new Fault({ kind: "unauthenticated" }, { cause });
    throw cause;
  }
}
