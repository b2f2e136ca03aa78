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

export interface ConsoleSession {
  readonly guest: Guest | null;
  /** The screen of every viewer that has seen version `since` or a later one. */
  readonly shown: Screen;
  readonly since: number;
  /** Connected viewers, by the hash of their secret id. */
  readonly seats: Readonly<Record<string, ConnectedViewer>>;
  /** Output that is not in the console log yet; written once it is long enough. */
  readonly unlogged: ConsoleLogLine | null;
}

export interface StoredSession {
  readonly session: ConsoleSession;
  readonly version: number;
}

export interface ConnectedViewer {
  readonly viewer: ViewerState;
  readonly grant: Pick<ConsoleGrant, "epoch" | "user" | "overLock">;
  /** The last message's number and its reply, repeated if the response was lost. */
  readonly taken: number;
  readonly told: string;
  /** The version of the last screen update; a smaller `seen` means the update was lost. */
  readonly given: number;
  readonly heard: Instant;
}

/** Per console (OSSN-0008). */
export const maxViewers = 8;

/** Silence after which a viewer is dropped: with all places taken, or with one free. */
const viewerTimeoutMs = { full: 60_000, empty: 600_000 } as const;

/** Interval at which a passive viewer's `heard` is stored. */
const heartbeatMs = 45_000;

/** Characters of a console log line. */
const logLineLength = { min: 512, max: 65_536 } as const;

export const countActiveViewers = ({ seats }: ConsoleSession, now: Instant): number =>
  Object.values(seats).filter(({ heard }) => now - heard < viewerTimeoutMs.full).length;

export interface ViewerMessage {
  readonly viewerId: string;
  /** From 1; 0 polls. */
  readonly number: number;
  /** The version on the viewer's screen; 0: none. */
  readonly seen: number;
  readonly bytes: Uint8Array;
}

export interface ExchangeResult {
  /** null: no change to store. */
  readonly session: ConsoleSession | null;
  readonly reply: Uint8Array;
  readonly isUpToDate: boolean;
  readonly power: Power | null;
  /** Must be logged before the session is saved. */
  readonly lineToLog: ConsoleLogLine | null;
}

/** The version starts at the time, so that it is above those of an expired session. */
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

/** Adds a viewer; idempotent for the same grant. Throws `conflict` above `maxViewers`. */
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
 * Applies one message. A repeated number returns the stored reply and has no other effect. Throws
 * `unauthenticated` or `malformed`.
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
  // a delayed duplicate: the viewer has its reply already
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
