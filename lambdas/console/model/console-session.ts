import type { ConsoleGrant } from "../../compute/model/console-grant.ts";
import { bootedAt, type ConsoleLogLine } from "../../compute/model/guest-boot-log.ts";
import type { Server } from "../../compute/model/server.ts";
import { badRequest, conflict, Fault } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import { bytesToLatin1, concatBytes, latin1ToBytes } from "./bytes.ts";
import { display, sendKeys } from "./display.ts";
import type { Guest } from "./guest.ts";
import type { Power } from "./power.ts";
import type { Deflate } from "./rfb-update.ts";
import { isSameScreen, type Screen } from "./screen.ts";
import {
  buildUpdate,
  newViewer,
  powerRefusalMessage,
  receiveBytes,
  type ViewerState,
  withPendingUpdate,
} from "./viewer.ts";

/** A console in use, as it is kept between two exchanges: what was typed, and who looks on. */
export interface ConsoleSession {
  readonly guest: Guest | null;
  /** What everybody shows who has seen the version it is since, or a later one. */
  readonly shown: Screen;
  readonly since: number;
  /** By the hash of what each calls itself by. */
  readonly seats: Readonly<Record<string, ConnectedViewer>>;
  /** What was typed and does not stand in the log yet: it is worth a write when it is long enough. */
  readonly unlogged: ConsoleLogLine | null;
}

/** A room and which version of it: they follow each other in time. */
export interface StoredSession {
  readonly session: ConsoleSession;
  readonly version: number;
}

/** A viewer that exchanges: all there is of it between two requests. */
export interface ConnectedViewer {
  readonly viewer: ViewerState;
  readonly grant: Pick<ConsoleGrant, "epoch" | "user" | "overLock">;
  /** The number of the last message that was taken, and what it was told: the answer may be lost. */
  readonly taken: number;
  readonly told: string;
  /** The version that its last picture was of; while it has seen less, that one was lost. */
  readonly given: number;
  readonly heard: Instant;
}

/** Nova's OSSN-0008: a console takes no more viewers than these. */
export const maxViewers = 8;

/** Milliseconds after which a viewer that says nothing gives way to another, and is forgotten. */
const viewerTimeoutMs = { full: 60_000, empty: 600_000 } as const;

/** How often a viewer that only looks on is put down as still there. */
const heartbeatMs = 45_000;

/** Characters that are worth a line of their own in the log, and those that one has at most. */
const logLineLength = { min: 512, max: 65_536 } as const;

/** How many viewers there are that have said something of late. */
export const countActiveViewers = ({ seats }: ConsoleSession, now: Instant): number =>
  Object.values(seats).filter(({ heard }) => now - heard < viewerTimeoutMs.full).length;

export interface ViewerMessage {
  readonly viewerId: string;
  /** 1 for the first; 0 asks what is new. */
  readonly number: number;
  /** The version that the viewer shows; 0 where it shows none. */
  readonly seen: number;
  readonly bytes: Uint8Array;
}

export interface ExchangeResult {
  /** null where nothing is to be kept. */
  readonly session: ConsoleSession | null;
  /** Nothing where there is nothing new. */
  readonly reply: Uint8Array;
  /** Whether the viewer shows all there is, once it has the reply. */
  readonly isUpToDate: boolean;
  readonly power: Power | null;
  /** What has to be in the log before the room is kept. */
  readonly lineToLog: ConsoleLogLine | null;
}

/** It begins with the time, so that it comes after any that was there once and is forgotten. */
export const newConsoleSession = (server: Server, now: Instant): StoredSession => ({
  session: {
    guest: null,
    shown: display(server, null, now),
    since: now,
    seats: {},
    unlogged: null,
  },
  version: now,
});

/**
 * Lets a viewer in; the same one again is in already, unless another token says what it may. Throws
 * `conflict` where there are too many.
 */
export function connectViewer(
  stored: StoredSession,
  viewerId: string,
  grant: ConsoleGrant,
  now: Instant,
): StoredSession {
  const { session, version } = stored;
  const { epoch, user, overLock } = grant;
  const { viewer, hello } = newViewer(grant.type);
  const { [viewerId]: existing, ...others } = session.seats;
  const isConnected =
    existing?.viewer.kind === viewer.kind &&
    existing.grant.epoch === epoch &&
    existing.grant.user === user &&
    existing.grant.overLock === overLock;
  if (isConnected) return stored;
  const otherEntries = Object.entries(others);
  const limit = otherEntries.length < maxViewers ? viewerTimeoutMs.empty : viewerTimeoutMs.full;
  const staying = otherEntries.filter(([, { heard }]) => now - heard < limit);
  if (staying.length >= maxViewers)
    throw conflict(`The console has ${maxViewers} viewers already.`);
  const connected: ConnectedViewer = {
    viewer,
    grant: { epoch, user, overLock },
    taken: 0,
    told: bytesToLatin1(hello),
    given: 0,
    heard: now,
  };
  const seats = { ...Object.fromEntries(staying), [viewerId]: connected };
  return { session: { ...session, seats }, version };
}

/**
 * What one message comes to. Asked again with the number of the last one, it answers again and does
 * nothing else; `seen` says how much of the screen has to be in the answer.
 */
export function exchangeMessage(
  stored: StoredSession,
  server: Server,
  { number, seen, bytes, ...from }: ViewerMessage,
  now: Instant,
  deflate: Deflate,
): ExchangeResult {
  const { session, version } = stored;
  const connected = Object.hasOwn(session.seats, from.viewerId)
    ? session.seats[from.viewerId]
    : undefined;
  if (!connected || connected.grant.epoch !== server.consoleEpoch)
    throw new Fault({ kind: "unauthenticated" });
  if (number > connected.taken + 1) throw badRequest(`Message ${connected.taken + 1} is missing.`);
  // one that comes late: its viewer has had an answer, and gone on
  if (number > 0 && number < connected.taken)
    return { session: null, reply: noBytes, isUpToDate: false, power: null, lineToLog: null };

  const isLost = seen < connected.given;
  const viewerBefore = isLost ? withPendingUpdate(connected.viewer) : connected.viewer;
  const received =
    number > connected.taken ? receiveBytes(viewerBefore, bytes, desktopName(server)) : null;
  const { session: next, power, lineToLog } = applyKeys(stored, server, received?.keys ?? "", now);

  const shownScreen = !isLost && seen >= session.since ? session.shown : null;
  const { viewer, update } = buildUpdate(
    received?.viewer ?? viewerBefore,
    shownScreen,
    next.shown,
    deflate,
  );
  // what a newcomer is told first waits in its seat
  const replyBytes = received
    ? concatBytes([...(number === 1 ? [latin1ToBytes(connected.told)] : []), ...received.replies])
    : null;
  const repeatedReply = number > 0 ? latin1ToBytes(connected.told) : noBytes;

  const wasSilent = now - connected.heard >= heartbeatMs;
  const changed = received !== null || next.shown !== session.shown || viewer !== connected.viewer;
  const updated: ConnectedViewer = {
    ...connected,
    viewer,
    heard: now,
    ...(update && { given: version + 1 }),
    ...(replyBytes && { taken: number, told: bytesToLatin1(replyBytes) }),
  };
  return {
    session:
      changed || wasSilent ? { ...next, seats: { ...next.seats, [from.viewerId]: updated } } : null,
    reply: concatBytes([replyBytes ?? repeatedReply, update ?? noBytes]),
    isUpToDate: update !== null || (shownScreen !== null && isSameScreen(shownScreen, next.shown)),
    power: received?.power ?? power,
    lineToLog,
  };
}

/** The same, where the power button did not work: the viewer is told, as often as it asks. */
export function refusePower(
  { session, reply, ...others }: ExchangeResult,
  viewerId: string,
): ExchangeResult {
  const connected = session?.seats[viewerId];
  if (!connected) return { session, reply, ...others };
  const refusal = powerRefusalMessage(connected.viewer);
  const replyText = bytesToLatin1(refusal) + connected.told;
  const seats = { ...session.seats, [viewerId]: { ...connected, told: replyText } };
  return { ...others, session: { ...session, seats }, reply: concatBytes([refusal, reply]) };
}

/** The room after some keys, and after what has become of its server. */
export function applyKeys(
  { session, version }: StoredSession,
  server: Server,
  keys: string,
  now: Instant,
): Pick<ExchangeResult, "power" | "lineToLog"> & { readonly session: ConsoleSession } {
  const { guest, logText, power } = sendKeys(server, session.guest, now, keys);
  const shown = display(server, guest, now);
  const boot = guest?.boot ?? bootedAt(server);
  const lineToLog = isReadyToLog(session.unlogged, boot) ? session.unlogged : null;
  return {
    session: {
      ...session,
      guest,
      ...(!isSameScreen(session.shown, shown) && { shown, since: version + 1 }),
      unlogged: appendToLine(lineToLog ? null : session.unlogged, logText, boot, version + 1),
    },
    power,
    lineToLog,
  };
}

/** Long enough, or what was typed at another boot. */
const isReadyToLog = (line: ConsoleLogLine | null, boot: Instant): boolean =>
  line !== null && (line.text.length >= logLineLength.min || line.boot !== boot);

function appendToLine(
  current: ConsoleLogLine | null,
  typed: string,
  boot: Instant,
  at: number,
): ConsoleLogLine | null {
  if (typed === "") return current;
  const { text, ...line } = current ?? { boot, at, text: "" };
  return { ...line, text: (text + typed).slice(-logLineLength.max) };
}

export const desktopName = ({ name, id }: Server): string => `${name} (${id})`;

const noBytes = new Uint8Array();
